import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('taking', (open) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await open());
  });
  afterAll(() => stage.close());

  it('of a hundred agents who take one conversation at once, one has it and the others are told who', {
    timeout: 120_000,
  }, async () => {
    const { tims, call } = stage;
    const agents: Person[] = [];
    while (agents.length < 100) agents.push(await addPerson(tims, 'agent', [tims.teamId]));
    const { id } = await conversationAt(tims);
    const answers = await Promise.all(
      agents.map(async (as) => ({ as, ...(await call('POST', `/api/conversations/${id}/take`, { as })) })),
    );
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    const assigneeId = winners[0]?.as.actor.id;
    for (const { status, body } of answers.filter((answer) => answer !== winners[0])) {
      expect({ status, code: body.code, assigneeId: body.assigneeId }).toEqual({
        status: 409,
        code: 'conversation_taken',
        assigneeId,
      });
    }
  });
});
