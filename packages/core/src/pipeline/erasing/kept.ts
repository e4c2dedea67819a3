import { fromJson } from '../../kernel/json.js';
import { readable } from './mentions.js';
import { atOnce, type Step } from './step.js';

interface ImportRowPlace {
  import_id: string;
  row: number;
  state: string;
  data: string;
  contact_id: string | null;
}

/** Rows of imported files: what made the contact, and what names one of its addresses. */
export const importRows: Step = async (read, task) => {
  const [lastImport = '', lastRow = 0] = fromJson<[string, number]>(task.place.after) ?? [];
  const rows: ImportRowPlace[] = await read
    .trx('import_rows')
    .where('organization_id', read.organization)
    .where((or) => {
      or.where('import_id', '>', lastImport).orWhere((and) => {
        and.where('import_id', lastImport).where('row', '>', lastRow);
      });
    })
    .whereIn('import_id', (of) => {
      of.from('imports').where('organization_id', read.organization).where('created_at', '<=', task.at).select('id');
    })
    .orderBy(['import_id', 'row'])
    .limit(atOnce)
    .select('import_id', 'row', 'state', 'data', 'contact_id');
  const { contacts } = task.place;
  const found = rows.filter(
    ({ data, contact_id }) =>
      data !== '[]' && ((contact_id !== null && contacts.includes(contact_id)) || task.mentions(readable(data))),
  );
  return async (ctx, count) => {
    for (const { import_id, row, state } of found) {
      const place = ctx.trx('import_rows').where({ organization_id: ctx.organization, import_id, row });
      // What waits to be imported would bring the person back.
      const refused = state === 'pending' || state === 'failed';
      const emptied = { data: '[]', fault: refused ? 'The contact was erased' : null };
      count('importRows', await place.update(refused ? { ...emptied, state: 'failed' } : emptied));
    }
    const last = rows.length === atOnce ? rows.at(-1) : undefined;
    return last ? JSON.stringify([last.import_id, last.row]) : null;
  };
};

/** The way back from a link or a merge: there is nobody to go back to. */
export const merges: Step = async (read, { place }) => {
  const { trx, organization } = read;
  const own = () => trx('merges').where('organization_id', organization).whereNot('moved', '{}').limit(atOnce);
  const conversations = () =>
    trx('conversations').where('organization_id', organization).whereIn('contact_id', place.contacts).select('id');
  const found: string[] = [];
  for (const column of ['from_id', 'into_id']) {
    found.push(...(await own().whereIn(column, place.contacts).pluck('id')));
    found.push(...(await own().whereIn(column, conversations()).pluck('id')));
  }
  const ids = [...new Set(found)].slice(0, atOnce);
  return async (ctx, count) => {
    const query = ctx.trx('merges').where('organization_id', ctx.organization).whereIn('id', ids);
    if (ids.length > 0) count('merges', await query.update({ moved: '{}' }));
    return ids.length > 0 ? 'on' : null;
  };
};

interface AnswerRow {
  actor_id: string;
  operation: string;
  key: string;
  answer: string | null;
}

type AnswerPlace = [actor: string, operation: string, key: string];

/** Ids by which an answer says whom or what it is about. */
const ids = /\b(?:con|idn|cnv)_[0-9a-hjkmnp-tv-z]{26}\b/g;

/** Answers that are kept for requests that come twice. The row stays: the request is not to be done again. */
export const answers: Step = async (read, task) => {
  const { trx, organization } = read;
  const own = { organization_id: organization };
  const [actor, operation, key] = fromJson<AnswerPlace>(task.place.after) ?? ['', '', ''];
  const rows: AnswerRow[] = await trx('idempotency_keys')
    .where(own)
    .where((or) => {
      or.where('actor_id', '>', actor)
        .orWhere((and) => {
          and.where('actor_id', actor).where('operation', '>', operation);
        })
        .orWhere((and) => {
          and.where({ actor_id: actor, operation }).where('key', '>', key);
        });
    })
    .orderBy(['actor_id', 'operation', 'key'])
    .limit(atOnce)
    .select('actor_id', 'operation', 'key', 'answer');
  const contacts = new Set(task.place.contacts);
  const named = new Set(rows.flatMap(({ answer }) => answer?.match(ids) ?? []));
  const about = (table: string) =>
    trx(table)
      .where(own)
      .whereIn('id', [...named])
      .whereIn('contact_id', [...contacts]);
  for (const id of [...(await about('conversations').pluck('id')), ...(await about('identities').pluck('id'))]) {
    contacts.add(id);
  }
  const found = rows.filter(
    ({ answer }) =>
      answer !== null && ((answer.match(ids) ?? []).some((id) => contacts.has(id)) || task.mentions(answer)),
  );
  return async (ctx, count) => {
    for (const { actor_id, operation: of, key: named } of found) {
      const place = { organization_id: ctx.organization, actor_id, operation: of, key: named };
      count('answers', await ctx.trx('idempotency_keys').where(place).update({ answer: null }));
    }
    const last = rows.length === atOnce ? rows.at(-1) : undefined;
    return last ? JSON.stringify([last.actor_id, last.operation, last.key]) : null;
  };
};
