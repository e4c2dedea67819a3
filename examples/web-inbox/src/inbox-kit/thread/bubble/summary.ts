import type { Message } from '@tims/sdk';

const names: Readonly<Record<string, string>> = {
  image: 'Photo',
  video: 'Video',
  audio: 'Audio',
  document: 'Document',
  sticker: 'Sticker',
  location: 'Location',
  contacts: 'Contact',
  form: 'Form',
  order: 'Order',
};

/** A message in a line: for quotes and for those who listen. */
export function summaryOf({ content, revokedAt }: Pick<Message, 'content' | 'revokedAt'>): string {
  if (revokedAt !== null) return 'Deleted message';
  return wordsOf(content).replace(/\s+/g, ' ').trim().slice(0, 280);
}

function wordsOf(content: Message['content']): string {
  if (content.type === 'text') return content.text.slice(0, 1_000);
  if (content.type === 'choice') return content.title;
  if (content.type === 'unsupported') return 'A message that cannot be shown';
  if (content.type === 'erased') return 'Erased message';
  const name = names[content.type] ?? 'Message';
  if (content.type === 'location') return content.name ? `${name}: ${content.name}` : name;
  if (!('media' in content)) return name;
  const said = content.caption?.slice(0, 1_000) || content.media.filename;
  return said ? `${name}: ${said}` : name;
}
