import {
  Camera,
  Globe,
  Hash,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquareText,
  MessagesSquare,
  Phone,
  Send,
} from 'lucide-react';
import { cx } from './class-names.js';

interface Mark {
  readonly name: string;
  readonly colour: string;
  readonly icon: LucideIcon;
}

const marks: Readonly<Record<string, Mark>> = {
  whatsapp: { name: 'WhatsApp', colour: '#128c4b', icon: Phone },
  webchat: { name: 'Web chat', colour: '#0a7a84', icon: Globe },
  chat: { name: 'Chat app', colour: '#1459d9', icon: MessageCircle },
  email: { name: 'E-mail', colour: '#4a5a70', icon: Mail },
  slack: { name: 'Slack', colour: '#611f69', icon: Hash },
  sms: { name: 'SMS', colour: '#9a4a00', icon: MessageSquareText },
  messenger: { name: 'Messenger', colour: '#0b66c3', icon: MessagesSquare },
  instagram: { name: 'Instagram', colour: '#b02a5b', icon: Camera },
  telegram: { name: 'Telegram', colour: '#1b7bb0', icon: Send },
};

/** What a channel's kind is called. */
export function channelKindName(kind: string): string {
  return marks[kind]?.name ?? kind;
}

export interface ChannelMarkProps {
  /** A channel's kind: `whatsapp`. */
  kind: string;
  size?: 'sm' | 'md' | 'fill' | undefined;
  /** The name stands beside it, so that it needs none of its own. */
  decorative?: boolean | undefined;
}

const sizes = { sm: 'size-4', md: 'size-5', fill: 'size-full' } as const;

/** The sign of a channel's kind. */
export function ChannelMark({ kind, size = 'sm', decorative = false }: ChannelMarkProps) {
  const { name, colour, icon: Icon } = marks[kind] ?? { name: kind, colour: '#4a5a70', icon: MessageCircle };
  const label = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name };
  return (
    <span
      {...label}
      className={cx('inline-flex shrink-0 items-center justify-center rounded-full text-white', sizes[size])}
      style={{ backgroundColor: colour }}
    >
      <Icon aria-hidden="true" className="size-[58%]" strokeWidth={2.6} />
    </span>
  );
}
