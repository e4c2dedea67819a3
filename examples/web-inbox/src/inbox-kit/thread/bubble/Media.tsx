import type { Message } from '@tims/sdk';
import { FileText, Image, type LucideIcon, Mic, Music, Sticker, TriangleAlert, Video } from 'lucide-react';
import { cx } from '../../ui.js';
import { LongText } from './LongText.js';

type MediaContent = Extract<Message['content'], { media: object }>;

const kinds: Readonly<Record<MediaContent['type'], { name: string; icon: LucideIcon; frame: string }>> = {
  image: { name: 'Photo', icon: Image, frame: 'aspect-[4/3] w-64 flex-col' },
  video: { name: 'Video', icon: Video, frame: 'aspect-video w-72 flex-col' },
  audio: { name: 'Audio', icon: Music, frame: 'w-64' },
  document: { name: 'Document', icon: FileText, frame: 'w-64' },
  sticker: { name: 'Sticker', icon: Sticker, frame: 'size-36 flex-col' },
};

/** A file that somebody sent: what it is, in the room that it will take, until it can be fetched. */
export function Media({ content }: { content: MediaContent }) {
  const { media, type } = content;
  const { icon, frame, name } = kinds[type];
  const voice = type === 'audio' && media.voice === true;
  const Icon = media.failed === undefined ? (voice ? Mic : icon) : TriangleAlert;
  const upright = media.failed === undefined && frame.includes('flex-col');
  return (
    <div className="space-y-2">
      <div
        className={cx(
          'flex max-w-full items-center gap-3 rounded-xl border border-current/15 border-dashed bg-surface/50 p-3',
          upright && 'justify-center text-center',
          media.failed === undefined ? frame : 'w-72',
        )}
      >
        <span className="flex size-10 shrink-0 items-center justify-center rounded-full bg-surface text-accent">
          <Icon aria-hidden="true" className="size-5" strokeWidth={1.75} />
        </span>
        <div className="min-w-0 max-w-full">
          <p className="truncate font-medium" title={media.filename}>
            <bdi>{media.filename ?? (voice ? 'Voice message' : name)}</bdi>
          </p>
          <p className={cx('text-pretty text-xs opacity-80', !upright && 'line-clamp-3')}>{stateOf(media, name)}</p>
        </div>
      </div>
      {content.caption !== undefined && content.caption !== '' && <LongText text={content.caption} />}
    </div>
  );
}

function stateOf({ failed, mimeType, filename }: MediaContent['media'], name: string): string {
  if (failed !== undefined) return `The channel could not keep this file: ${failed}`;
  const kind = filename === undefined ? shortType(mimeType) : `${name}${mimeType ? `, ${shortType(mimeType)}` : ''}`;
  return [kind, 'cannot be shown yet'].filter(Boolean).join(' · ');
}

/** `JPEG` of `image/jpeg; codecs=…`. */
function shortType(mimeType: string | undefined): string {
  const sub = mimeType
    ?.split(';')[0]
    ?.split('/')[1]
    ?.replace(/^(x-|vnd\.)/, '');
  return sub && sub.length <= 12 ? sub.toUpperCase() : '';
}
