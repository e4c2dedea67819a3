import type { Tag } from '@tims/sdk';
import type { FieldOf } from '../../forms/use-form.js';
import { cx } from '../../inbox-kit/class-names.js';
import { isColour, tagColours } from './colours.js';

/** One of the colours that every client can draw. */
export function ColourField({ name, value, onValue, disabled }: FieldOf<Tag['color']> & { disabled?: boolean }) {
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1.5 font-medium text-xs">Colour</legend>
      <div className="flex flex-wrap gap-1.5">
        {Object.entries(tagColours).map(([colour, { name: said, dot }]) => (
          <label
            key={colour}
            title={said}
            className={cx(
              'relative flex size-8 cursor-pointer items-center justify-center rounded-lg border has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 pointer-coarse:size-11',
              value === colour ? 'border-accent bg-selected' : 'border-transparent hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              value={colour}
              checked={value === colour}
              aria-label={said}
              onChange={() => isColour(colour) && onValue(colour)}
              className="absolute inset-0 size-full cursor-pointer opacity-0"
            />
            <span aria-hidden="true" className="size-4 rounded-full" style={{ backgroundColor: dot }} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
