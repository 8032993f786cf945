import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { type Channel, DIRECT_MESSAGE } from '../../../core/settings/channel.ts';
import { listOf, partOf, textOf } from '../connection/answer-parts.ts';
import { SlackRefusal } from '../connection/to-app-error.ts';
import type { SlackCall } from '../connection/web-calls.ts';

export interface Channels {
  /** The channel somebody means by `#name`, a name, an id or `<#C…|name>`, if messages can be posted there. Throws `AppError`. */
  find(text: string): Promise<Channel>;
  /** What people call a channel; `otherwise` when Slack does not say. */
  nameOf(id: string, otherwise: string): Promise<string>;
  /** Slack reported a new name of a channel. */
  rename(channel: Channel): void;
}

export interface ChannelParts {
  readonly call: SlackCall;
  readonly clock: Clock;
  /** Called with a channel's name whenever Slack reports it. */
  readonly named: (channel: Channel) => void;
}

const KEPT_FOR = 60_000;
const PAGE = 999;
const PAGES = 20;

export function createChannels({ call, clock, named }: ChannelParts): Channels {
  let names: { readonly at: number; readonly ids: Promise<ReadonlyMap<string, string>> } | undefined;

  async function list(): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    let cursor = '';
    for (let page = 0; page < PAGES; page++) {
      const answer = await call('conversations.list', {
        types: 'public_channel,private_channel',
        limit: PAGE,
        ...(cursor && { cursor }),
      });
      for (const channel of listOf(answer, 'channels')) {
        const [id, name] = [textOf(channel, 'id'), textOf(channel, 'name')];
        // An archived channel may share its name with an active one.
        if (id && name && !(ids.has(name) && partOf(channel, 'is_archived') === true)) ids.set(name, id);
      }
      cursor = textOf(answer, 'response_metadata', 'next_cursor') ?? '';
      if (!cursor) break;
    }
    return ids;
  }

  async function idOf(name: string): Promise<string | undefined> {
    const now = clock.elapsed();
    const fresh = names && now - names.at < KEPT_FOR ? names : undefined;
    const found = (await fresh?.ids)?.get(name);
    if (found) return found;
    // A name that is not known may be newer than the list.
    const ids = list();
    names = { at: now, ids };
    ids.catch(() => {
      names = undefined;
    });
    return (await ids).get(name);
  }

  function noted(id: string, name: string | undefined): string | undefined {
    if (name) named({ id, name });
    return name;
  }

  return {
    async find(text) {
      const typed = text.trim();
      const id = /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(typed)?.[1] ?? /^#?([CGD][A-Z0-9]{2,})$/.exec(typed)?.[1];
      const known = id ?? (await idOf(typed.replace(/^#/, '').toLowerCase()));
      const label = inlineCode(/^<#[A-Z0-9]+\|([^>]+)>$/.exec(typed)?.[1]?.replace(/^/, '#') ?? typed);
      if (!known) throw unseen(label);
      const { channel } = await call('conversations.info', { channel: known }).catch((error: unknown) => {
        throw error instanceof SlackRefusal && error.code === 'slack_channel_not_found' ? unseen(label) : error;
      });
      const name = noted(known, textOf(channel, 'name')) ?? DIRECT_MESSAGE;
      if (partOf(channel, 'is_archived') === true) {
        throw new AppError(
          400,
          'slack_is_archived',
          `\`#${name}\` is archived. Unarchive it, or choose another channel.`,
        );
      }
      if (partOf(channel, 'is_im') !== true && partOf(channel, 'is_member') !== true) {
        throw new AppError(
          400,
          'slack_not_in_channel',
          `Bellhop is not in \`#${name}\`. Invite it with \`/invite @bellhop\`, then try again.`,
        );
      }
      return { id: known, name };
    },
    async nameOf(id, otherwise) {
      const answer = await call('conversations.info', { channel: id }).catch(() => undefined);
      return noted(id, textOf(answer, 'channel', 'name')) ?? otherwise;
    },
    rename(channel) {
      names = undefined;
      named(channel);
    },
  };
}

function unseen(label: string): AppError {
  return new AppError(
    404,
    'slack_channel_not_found',
    `Bellhop cannot see the channel ${label}. If it is private, invite Bellhop with \`/invite @bellhop\`, then try again.`,
  );
}
