import { useCommandList } from '../../inbox-kit/commands.js';
import { type KeyEntry, keyGroups, keyTable } from '../../inbox-kit/keys.js';
import { Kbd } from '../../inbox-kit/ui.js';
import { Dialog } from '../Dialog.js';

/** The key table, drawn. */
export default function Help({ onClose }: { onClose: () => void }) {
  const lines = useLines();
  return (
    <Dialog title="Keyboard shortcuts" reading onClose={onClose}>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {[...new Set([...keyGroups, ...lines.map(({ group }) => group)])].map((group) => (
          <section key={group}>
            <h3 className="mb-1 font-medium text-text-muted text-xs">{group}</h3>
            <dl>
              {lines
                .filter((line) => line.group === group)
                .map(({ id, title, keys }) => (
                  <div
                    key={id}
                    className="flex items-center justify-between gap-4 border-border border-b py-1.5 last:border-0"
                  >
                    <dt>{title}</dt>
                    <dd className="flex shrink-0 items-center gap-1.5 text-text-muted">
                      {keys.map((one, index) => (
                        <span key={one} className="flex items-center gap-1.5">
                          {index > 0 && <span className="text-2xs">or</span>}
                          <Kbd keys={one} />
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** The table, and what commands bring along that it does not have. */
function useLines(): readonly (Omit<KeyEntry, 'group'> & { group: string })[] {
  const known = new Set(keyTable.map(({ id }) => id));
  const others = useCommandList().flatMap(({ id, title, group, keys }) =>
    keys !== undefined && !known.has(id) ? [{ id, title, group, keys: [keys] }] : [],
  );
  return [...keyTable, ...others];
}
