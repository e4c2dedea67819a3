import { customerWrites, type Person } from '../stage/index.js';
import { type AccessStage, at, everybody, leaders, own, type RouteExpectation } from './expectation.js';

/** What makes one of two: each role at a conversation of its own team that is assigned to it, and at its contact. */

const mine = async (stage: AccessStage, caller: Person) => own(stage, caller);

/** Another number of the same person, in the same team. */
async function secondNumber(stage: AccessStage, contactId: string): Promise<string> {
  const other = await customerWrites(stage.tims);
  const body = { contactId: other.contactId };
  await stage.call('POST', `/api/contacts/${contactId}/link`, { as: stage.admin, body });
  return other.id;
}

const withAnother = (verb: 'link' | 'distinguish') => async (stage: AccessStage, caller: Person) => {
  const [one, other] = [await mine(stage, caller), await mine(stage, caller)];
  return { path: `/api/contacts/${one.contactId}/${verb}`, body: { contactId: other.contactId } };
};

export const merges: Record<string, RouteExpectation> = {
  'GET /api/contacts/:id/duplicates': {
    access: 'contacts:read',
    call: async (stage, caller) => ({ path: `/api/contacts/${(await mine(stage, caller)).contactId}/duplicates` }),
    answers: everybody(200),
    stranger: 404,
  },
  'GET /api/contacts/duplicates': {
    access: 'contacts:merge',
    call: at('/api/contacts/duplicates'),
    answers: leaders(200),
    stranger: 200,
  },
  'POST /api/contacts/:id/link': {
    access: 'contacts:merge',
    call: withAnother('link'),
    answers: leaders(200),
    stranger: 404,
  },
  'POST /api/contacts/:id/distinguish': {
    access: 'contacts:merge',
    call: withAnother('distinguish'),
    answers: leaders(204),
    stranger: 404,
  },
  'POST /api/conversations/:id/merge': {
    access: 'conversations:merge',
    call: async (stage, caller) => {
      const { id, contactId } = await mine(stage, caller);
      const conversationId = await secondNumber(stage, contactId);
      return { path: `/api/conversations/${id}/merge`, body: { conversationId } };
    },
    answers: leaders(200),
    stranger: 404,
  },
  'GET /api/merges': {
    access: 'conversations:read',
    call: async (stage, caller) => ({ path: `/api/merges?conversationId=${(await mine(stage, caller)).id}` }),
    answers: everybody(200),
    stranger: 404,
  },
  'POST /api/merges/:id/undo': {
    access: 'conversations:read',
    call: async (stage, caller) => {
      const { contactId } = await mine(stage, caller);
      await secondNumber(stage, contactId);
      const { body } = await stage.call('GET', `/api/merges?contactId=${contactId}`, { as: stage.admin });
      return { path: `/api/merges/${body.data[0].id}/undo` };
    },
    answers: leaders(200),
    stranger: 404,
  },
};
