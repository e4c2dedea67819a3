import type { Tag } from '@tims/sdk';

type Colour = Tag['color'];

/** Each as the whole app draws it: readable in light and dark. */
export const tagColours: Readonly<Record<Colour, { readonly name: string; readonly dot: string }>> = {
  gray: { name: 'Grey', dot: '#74839a' },
  red: { name: 'Red', dot: '#d92d3a' },
  orange: { name: 'Orange', dot: '#dd6b1a' },
  amber: { name: 'Amber', dot: '#c98a04' },
  green: { name: 'Green', dot: '#1f9254' },
  teal: { name: 'Teal', dot: '#0d8f92' },
  blue: { name: 'Blue', dot: '#2277dd' },
  indigo: { name: 'Indigo', dot: '#5454d4' },
  purple: { name: 'Purple', dot: '#8a44cc' },
  pink: { name: 'Pink', dot: '#cf3b86' },
};

export function isColour(text: string): text is Colour {
  return Object.hasOwn(tagColours, text);
}
