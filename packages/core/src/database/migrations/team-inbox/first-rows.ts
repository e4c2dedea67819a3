import { newId } from '../../../kernel/ids.js';
import type { MigrationStep } from '../../migrate.js';

/** What new organizations begin with, for those that stood before there were tags and reasons for closing. */
export const firstRows: MigrationStep[] = [
  {
    name: 'first_rows',
    run: async (db, dialect) => {
      const organizations: { id: string }[] = await db('organizations').select('id');
      const now = Date.now();
      const tags = organizations.flatMap(({ id: organization_id }) =>
        firstTags.map(([name, color, purpose]) => ({
          ...{ organization_id, id: newId('tag'), team_id: null, scope: '' },
          ...{ name, name_key: name.toLowerCase(), color, purpose, version: 1, created_at: now },
        })),
      );
      const reasons = organizations.flatMap(({ id: organization_id }) =>
        firstReasons.map(([key, name], position) => ({
          ...{ organization_id, id: newId('closeReason'), team_id: null, scope: '' },
          ...{ key, name, position, version: 1, created_at: now },
        })),
      );
      await dialect.bulkInsertIgnore(db, 'tags', tags);
      await dialect.bulkInsertIgnore(db, 'close_reasons', reasons);
    },
  },
];

const firstTags = [
  ['New Lead', 'green', null],
  ['Payment', 'amber', null],
  ['Tutor Request', 'blue', null],
  ['Follow-Up', 'purple', 'follow_up'],
] as const;

const firstReasons = [
  ['resolved', 'Resolved'],
  ['no_reply', 'The customer did not answer'],
  ['handled_elsewhere', 'Handled elsewhere'],
  ['duplicate', 'Duplicate'],
  ['not_for_us', 'Not for us'],
  ['spam', 'Spam'],
] as const;
