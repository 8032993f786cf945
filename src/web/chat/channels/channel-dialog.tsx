import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../../kit/dialog.tsx';
import { goTo } from '../../use-route.ts';
import { Unread } from './channel-list.tsx';
import { findChannels } from './find-channels.ts';
import type { Channel } from './use-channels.ts';

export interface ChannelDialogProps {
  readonly channels: readonly Channel[];
  readonly current: string;
  readonly onClose: () => void;
}

/** Finds a channel by its name and goes there. The field keeps the focus; its arrow keys move in the list. */
export function ChannelDialog({ channels, current, onClose }: ChannelDialogProps) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = findChannels(channels, typed);
  const chosen = found[active];
  useEffect(
    () => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    [active],
  );

  function open(channel: Channel | undefined): void {
    if (!channel) return;
    onClose();
    goTo({ view: 'chat', channel: channel.name });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || found.length === 0) return;
    event.preventDefault();
    setActive((active + step + found.length) % found.length);
  }

  return (
    <Dialog title="Find a channel" onClose={onClose}>
      <form
        class="finder"
        onSubmit={(event) => {
          event.preventDefault();
          open(chosen);
        }}
      >
        <input
          type="text"
          role="combobox"
          aria-label="Name of the channel"
          aria-autocomplete="list"
          aria-expanded={found.length > 0}
          aria-controls={found.length > 0 ? 'found-channels' : undefined}
          aria-activedescendant={chosen ? `found-channel-${active}` : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="Part of its name"
          value={typed}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <p class="unseen" role="status">
          {found.length === 1 ? '1 channel' : `${found.length} channels`}
        </p>
        {found.length === 0 && <p class="hint">No channel has that in its name.</p>}
        <div
          hidden={found.length === 0}
          class="found"
          id="found-channels"
          role="listbox"
          aria-label="Channels"
          ref={list}
        >
          {found.map((channel, index) => (
            <div
              key={channel.name}
              id={`found-channel-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              aria-current={channel.name === current ? 'page' : undefined}
              onClick={() => open(channel)}
              onKeyDown={(event) => event.key === 'Enter' && open(channel)}
            >
              <span class="channel-name"># {channel.name}</span>
              <Unread count={channel.unread} />
            </div>
          ))}
        </div>
      </form>
    </Dialog>
  );
}
