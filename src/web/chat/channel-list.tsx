import { toHash } from '../route.ts';

export interface ChannelListProps {
  readonly channels: readonly string[];
  readonly current: string;
  readonly unread: ReadonlyMap<string, number>;
}

export function ChannelList({ channels, current, unread }: ChannelListProps) {
  return (
    <nav class="channels" aria-label="Channels">
      <h2>Channels</h2>
      <ul>
        {channels.map((channel) => {
          const count = unread.get(channel) ?? 0;
          return (
            <li key={channel}>
              <a
                href={toHash({ view: 'chat', channel })}
                aria-current={channel === current ? 'page' : undefined}
                class={count ? 'unread' : ''}
              >
                <span class="channel-name"># {channel}</span>
                {count > 0 && (
                  <span class="count">
                    {count}
                    <span class="unseen"> new</span>
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
