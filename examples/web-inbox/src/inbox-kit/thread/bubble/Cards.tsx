/** What customers send beside texts and files: places, people, choices, forms, orders. */
import type { Message } from '@tims/sdk';
import { CircleCheck, CircleHelp, ClipboardList, ExternalLink, MapPin, ShoppingBag, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { LongText, SafeLink } from './LongText.js';
import { safeHref } from './links.js';

type Content<T extends Message['content']['type']> = Extract<Message['content'], { type: T }>;

export function Location({ content }: { content: Content<'location'> }) {
  const { latitude, longitude, name, address, url } = content;
  const place = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  const page = safeHref(url);
  return (
    <Card icon={<MapPin />} title={name ?? 'Location'}>
      {address !== undefined && <p dir="auto">{address}</p>}
      <p className="tabular-nums opacity-80">{place}</p>
      <p className="flex flex-wrap gap-x-3">
        <CardLink href={map}>Open in a map</CardLink>
        {page !== undefined && <CardLink href={page}>Website</CardLink>}
      </p>
    </Card>
  );
}

export function ContactCards({ content }: { content: Content<'contacts'> }) {
  const { contacts } = content;
  if (contacts.length === 0) return <Card icon={<UserRound />} title="A contact without content" />;
  return (
    <div className="space-y-2">
      {contacts.map(({ name, phones, emails }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two cards may say the same
        <Card key={index} icon={<UserRound />} title={name || 'Contact'}>
          {phones.map((phone) => (
            <Reach key={phone} shown={phone} href={safeHref(`tel:${phone.replace(/[^\d+]/g, '')}`)} />
          ))}
          {emails.map((email) => (
            <Reach key={email} shown={email} href={email.includes('@') ? safeHref(`mailto:${email}`) : undefined} />
          ))}
        </Card>
      ))}
    </div>
  );
}

export function Choice({ content }: { content: Content<'choice'> }) {
  return (
    <Card icon={<CircleCheck />} title={content.title} label="Chose">
      {content.description !== undefined && <p dir="auto">{content.description}</p>}
    </Card>
  );
}

export function Form({ content: { name, body, response } }: { content: Content<'form'> }) {
  const fields = fieldsOf(response);
  return (
    <Card icon={<ClipboardList />} title={body || name} label="Form">
      {fields === undefined ? (
        <LongText text={response || 'It came without an answer.'} />
      ) : (
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          {fields.map(([key, value]) => (
            <div key={key} className="contents">
              <dt className="opacity-80 [overflow-wrap:anywhere]">{key.replaceAll('_', ' ')}</dt>
              <dd dir="auto" className="font-medium [overflow-wrap:anywhere]">
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

export function Order({ content: { items, text } }: { content: Content<'order'> }) {
  const totals = new Map<string, number>();
  for (const { price, quantity, currency } of items) {
    totals.set(currency, (totals.get(currency) ?? 0) + price * quantity);
  }
  return (
    <Card icon={<ShoppingBag />} title={`Order of ${items.length} ${items.length === 1 ? 'product' : 'products'}`}>
      <table className="w-full tabular-nums">
        <caption className="sr-only">Products</caption>
        <tbody>
          {items.map(({ productId, quantity, price, currency }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one product may stand in two lines
            <tr key={index} className="border-current/10 border-b last:border-0">
              <th scope="row" className="py-1 pr-3 text-start font-normal [overflow-wrap:anywhere]">
                {productId}
              </th>
              <td className="py-1 pr-3 text-end opacity-80">{quantity} ×</td>
              <td className="py-1 text-end">{money(price, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="flex justify-between gap-3 border-current/20 border-t pt-1 font-semibold">
        <span>Total</span>
        <span className="tabular-nums">{[...totals].map(([currency, sum]) => money(sum, currency)).join(' + ')}</span>
      </p>
      {text !== undefined && text !== '' && <LongText text={text} />}
    </Card>
  );
}

export function Unsupported({ content }: { content: Content<'unsupported'> }) {
  return (
    <Card icon={<CircleHelp />} title="This kind of message cannot be shown">
      <p>
        The customer sent <q className="font-medium">{content.what.replaceAll('_', ' ')}</q>. Ask them to say it in a
        text, or look at it in the channel’s own app.
      </p>
    </Card>
  );
}

function Card(props: { icon: ReactNode; title: string; label?: string; children?: ReactNode }) {
  const { icon, title, label, children } = props;
  return (
    <div className="flex min-w-0 max-w-full gap-3">
      <span
        aria-hidden="true"
        className="flex size-9 shrink-0 items-center justify-center rounded-full bg-surface text-accent [&_svg]:size-4.5"
      >
        {icon}
      </span>
      <div className="min-w-0 flex-1 space-y-1 text-xs leading-5">
        {label !== undefined && <p className="opacity-80">{label}</p>}
        <p dir="auto" className="font-semibold text-sm [overflow-wrap:anywhere]">
          {title}
        </p>
        {children}
      </div>
    </div>
  );
}

function CardLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="inline-flex items-center gap-1 font-medium text-accent hover:underline"
    >
      {children}
      <ExternalLink aria-hidden="true" className="size-3" />
    </a>
  );
}

function Reach({ shown, href }: { shown: string; href: string | undefined }) {
  return (
    <p className="[overflow-wrap:anywhere]">{href === undefined ? shown : <SafeLink href={href}>{shown}</SafeLink>}</p>
  );
}

/** The fields of a form's answer, where it is a flat object; senders put anything there. */
function fieldsOf(response: string): [string, string][] | undefined {
  try {
    const answer: unknown = JSON.parse(response);
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
    const fields = Object.entries(answer).filter(([key]) => key !== 'flow_token');
    return fields.map(([key, value]) => [key, shownValue(value)]);
  } catch {
    return undefined;
  }
}

function shownValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(shownValue).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function money(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(amount);
  } catch {
    // A code that is none.
    return `${amount.toLocaleString()} ${currency}`.trim();
  }
}
