import type { Message } from '@tims/sdk';
import { Choice, ContactCards, Form, Location, Order, Unsupported } from './Cards.js';
import { LongText } from './LongText.js';
import { Media } from './Media.js';

/**
 * What a message says.
 *
 * @param tail pixels kept free behind the last word of a text
 */
export function Content({ content, tail }: { content: Message['content']; tail: number | undefined }) {
  switch (content.type) {
    case 'text':
      return <LongText text={content.text} tail={tail} />;
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return <Media content={content} />;
    case 'location':
      return <Location content={content} />;
    case 'contacts':
      return <ContactCards content={content} />;
    case 'choice':
      return <Choice content={content} />;
    case 'form':
      return <Form content={content} />;
    case 'order':
      return <Order content={content} />;
    case 'unsupported':
      return <Unsupported content={content} />;
    case 'erased':
      return <p className="italic opacity-80">Erased</p>;
    default:
      return <Unknown content={content} />;
  }
}

/** A newer server may know types that this page does not. */
function Unknown({ content }: { content: never }) {
  const { type } = content as { type: string }; // nothing is left by the types
  return <Unsupported content={{ type: 'unsupported', v: 1, what: type, raw: undefined }} />;
}
