import { memo } from 'preact/compat';
import { toHash } from '../../route.ts';
import type { Channel } from './use-channels.ts';

export interface ChannelListProps {
  readonly channels: readonly Channel[];
  readonly current: string;
  readonly onFind: () => void;
}

/** Unread messages that are counted in the list. */
const COUNTED = 99;

export const ChannelList = memo(function ChannelList({ channels, current, onFind }: ChannelListProps) {
  return (
    <nav class="channels" aria-label="Channels">
      <h2>Channels</h2>
      <button type="button" class="find-channel" aria-keyshortcuts="Control+K" onClick={onFind}>
        Find a channel <kbd>Ctrl K</kbd>
      </button>
      <ul>
        {channels.map(({ name, unread }) => (
          <li key={name}>
            <a
              href={toHash({ view: 'chat', channel: name })}
              aria-current={name === current ? 'page' : undefined}
              class={unread ? 'unread' : ''}
            >
              <span class="channel-name"># {name}</span>
              <Unread count={unread} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
});

/** How many messages are new in a channel; nothing where none are. */
export function Unread({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <span class="count">
      {count > COUNTED ? `${COUNTED}+` : count}
      <span class="unseen"> new</span>
    </span>
  );
}
