import { Avatar } from '../../ui.js';
import { type Present, usePresence } from './use-presence.js';

const drawn = 3;

/** Who else has the conversation open, in the header. */
export function Viewers({ conversationId }: { conversationId: string }) {
  const { viewers } = usePresence(conversationId);
  if (viewers.length === 0) return null;
  const said = `${namesOf(viewers)} ${viewers.length === 1 ? 'is' : 'are'} looking at this too`;
  return (
    <span role="img" aria-label={said} title={said} className="flex shrink-0 items-center @max-md/header:hidden">
      {viewers.slice(0, drawn).map(({ id, name }) => (
        <span key={id} className="-ms-1.5 rounded-full ring-2 ring-surface first:ms-0">
          <Avatar size="xs" name={name} id={id} />
        </span>
      ))}
      {viewers.length > drawn && <span className="ms-1 text-2xs text-text-muted">+{viewers.length - drawn}</span>}
    </span>
  );
}

/** Who else types or looks on, beside what is being written. */
export function OthersHere({ conversationId }: { conversationId: string }) {
  const { viewers, typists } = usePresence(conversationId);
  const said =
    typists.length > 0
      ? `${namesOf(typists)} ${typists.length === 1 ? 'is' : 'are'} typing`
      : viewers.length > 0
        ? `${namesOf(viewers)} ${viewers.length === 1 ? 'is' : 'are'} here too`
        : '';
  return (
    <p aria-live="polite" className="ms-auto flex min-w-0 items-center gap-1.5 text-2xs text-text-muted">
      {typists.length > 0 && (
        <span aria-hidden="true" className="flex gap-0.5">
          {[0, 150, 300].map((delay) => (
            <span
              key={delay}
              className="size-1 animate-bounce rounded-full bg-warning motion-reduce:animate-none"
              style={{ animationDelay: `${delay}ms` }}
            />
          ))}
        </span>
      )}
      <span className="truncate">{said}</span>
    </p>
  );
}

function namesOf(people: readonly Present[]): string {
  const names = people.map(({ name }) => name);
  if (names.length <= 2) return names.join(' and ');
  return `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}
