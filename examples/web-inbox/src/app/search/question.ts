export const searchPlaces = ['messages', 'contacts', 'notes', 'tags'] as const;
export type SearchPlace = (typeof searchPlaces)[number];

/** What is looked for, where, and in which order. */
export interface SearchQuestion {
  readonly text: string;
  /** Everywhere unless told. */
  readonly in?: SearchPlace | undefined;
  /** The newest first unless told. */
  readonly order?: 'relevance' | undefined;
}

export const noQuestion: SearchQuestion = { text: '' };

/** What the server takes. */
const longest = 500;

export function readQuestion(query: URLSearchParams): SearchQuestion {
  const place = searchPlaces.find((one) => one === query.get('in'));
  return {
    text: (query.get('q') ?? '').slice(0, longest),
    ...(place ? { in: place } : {}),
    ...(query.get('order') === 'relevance' ? { order: 'relevance' as const } : {}),
  };
}

export function writeQuestion({ text, in: place, order }: SearchQuestion, query: URLSearchParams): void {
  if (text) query.set('q', text);
  if (place) query.set('in', place);
  if (order) query.set('order', order);
}
