import type { Channel } from '@tims/sdk';
import { useId } from 'react';
import type { ChannelKind } from './setting-texts.js';

/** Where the provider has to post, which is set at the provider. */
export function Webhooks({ channel, kind }: { channel: Channel; kind: ChannelKind }) {
  const title = useId();
  const addresses = [
    ['For all channels that share the server’s secret', kind.webhookPath],
    ['For this channel, with a secret of its own', channel.webhookPath],
  ] as const;
  return (
    <section aria-labelledby={title} className="rounded-lg bg-hover p-3 text-xs leading-4.5">
      <h3 id={title} className="font-medium">
        Where {kind.title} posts to
      </h3>
      <dl className="mt-1">
        {addresses.map(([says, path]) => (
          <div key={path} className="mt-1.5">
            <dt className="text-text-muted">{says}</dt>
            <dd className="select-all break-all font-mono">{`${location.origin}${path}`}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
