import type { Message } from '@tims/sdk';

/** What a message says, as text; for what is no text, what it is. */
export function contentText(content: Message['content']): string {
  switch (content.type) {
    case 'text':
      return content.text;
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker': {
      const name = content.media.filename ? ` ${content.media.filename}` : '';
      const what = content.media.voice ? 'voice message' : content.type;
      return `[${what}${name}]${content.caption ? ` ${content.caption}` : ''}`;
    }
    case 'location':
      return `[location] ${[content.name, content.address, `${content.latitude}, ${content.longitude}`].filter((part) => part).join(', ')}`;
    case 'contacts':
      return content.contacts.map(({ name, phones }) => `[contact] ${name} ${phones.join(', ')}`.trim()).join('\n');
    case 'choice':
      return content.title;
    case 'form':
      return `[form] ${content.body ?? content.name}`;
    case 'order':
      return `[order] ${content.items.map(({ quantity, productId }) => `${quantity} × ${productId}`).join(', ')}${content.text ? `\n${content.text}` : ''}`;
    case 'unsupported':
      return `[${content.what}]`;
    case 'erased':
      return 'erased';
    default:
      return newerThanWeAre(content);
  }
}

/** A server that is newer than this command may have types that it does not know. */
function newerThanWeAre(content: never): string {
  return `[${(content as { type: string }).type}]`; // nothing is left for the compiler; at run time there is
}
