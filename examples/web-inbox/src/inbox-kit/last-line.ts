import type { Conversation } from '@tims/sdk';

const names: Readonly<Record<string, string>> = {
  image: 'Photo',
  video: 'Video',
  audio: 'Audio',
  document: 'Document',
  sticker: 'Sticker',
  location: 'Location',
  contacts: 'Contact',
  choice: 'Choice',
  form: 'Form',
  order: 'Order',
  erased: 'Erased message',
};

/** The last thing said, in a line: its text, or what it is. */
export function lastLine({ lastMessage }: Pick<Conversation, 'lastMessage'>): string {
  if (!lastMessage) return 'No messages yet';
  const { type, preview } = lastMessage;
  const name = names[type];
  const text = preview.trim();
  if (type === 'text' || !name) return text || 'A message that cannot be shown';
  return text ? `${name}: ${text}` : name;
}
