import { type CommandParts, defineCommand } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { eventLink } from '../core/event/event-line.ts';
import type { StoredPost } from '../core/event/post.ts';
import { inlineCode, quoted } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { isSamePlace } from '../core/settings/channel.ts';
import { plural } from '../core/text/line.ts';
import { findEvent } from './shared/find-event.ts';
import { describePlace } from './shared/find-place.ts';

const PAGE = 500;
/** Posting more than this needs a confirmation. */
const CONFIRM_ABOVE = 20;

export default defineCommand({
  summary: 'Post an event again, or post what a mute held',
  examples: ['/webhook replay 1234', '/webhook replay mute=3f2a9c0d1e4b'],
  place: 19,
  permission: 'member',
  options: {
    event: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'event',
      example: '1234',
      description: 'The id of the event',
    },
    mute: {
      type: 'string',
      optional: true,
      complete: 'mute',
      example: '3f2a9c0d1e4b',
      description: 'The id of a mute, past or present',
    },
    confirm: { type: 'flag', optional: true, description: 'Post many without asking' },
  },

  async run({ options, caller }, parts) {
    const { view, journal, changes, relay, platforms } = parts;
    if (options.event !== undefined && options.mute !== undefined)
      throw new OptionError('mute', 'Name either an event or a mute, not both.');
    if (options.mute !== undefined) return replayMute(options.mute, Boolean(options.confirm), caller, parts);
    if (options.event === undefined)
      return reply('Name the event: `/webhook replay 1234`. `/webhook history` lists events with their ids.', {
        form: { command: 'replay', title: 'Post an event again', ask: ['event'], options: {}, submit: 'Replay' },
        data: { code: 'missing_option', field: 'event' },
      });

    const event = await findEvent(journal, options.event);
    if (event.verification.handshake !== undefined)
      return reply(`${eventLink(event)} is never posted.`, {
        severity: 'warning',
        data: { code: 'handshake', posts: [] },
      });
    const { routes = [] } = (await view.lookUp(event.endpointId)) ?? {};
    if (!routes.length)
      return reply(
        `${eventLink(event)} cannot be posted: its endpoint has no channel now. Add one with \`/webhook route\`.`,
        { severity: 'warning', data: { code: 'no_route', posts: [] } },
      );
    const posts = await changes.record(
      { action: 'replay', endpointId: event.endpointId, detail: `replayed event ${event.id}` },
      () => relay.replay(event),
    );
    // It is posted in all channels of the endpoint; the reply names those that the caller may know about.
    const shown = posts.filter((post) => routes.some((route) => isSamePlace(route, post)));
    const where = shown.map((post) => escapeMarkdown(describePlace(post, caller, platforms))).join(', ');
    return reply(`${eventLink(event)} is posted again in ${where}.`, {
      severity: 'good',
      actions: [{ label: 'Why', command: 'why', options: { event: event.id } }],
      data: { posts: shown.map(({ id, platform, channelName }) => ({ id, platform, channelName })) },
    });
  },
});

async function replayMute(muteId: string, confirmed: boolean, caller: Caller, parts: CommandParts) {
  const held = await heldBy(muteId, parts);
  const [first] = held;
  if (!first)
    return reply(
      `Nothing that the mute ${quoted(muteId)} held is left to post. ${inlineCode('/webhook mutes')} lists what is muted now.`,
      { data: { code: 'nothing_held', posts: [] } },
    );
  if (held.length > CONFIRM_ABOVE && !confirmed)
    return reply(`Post all ${held.length} now? They are posted one after another, as fast as the channel takes them.`, {
      severity: 'warning',
      actions: [
        {
          label: `Post all ${held.length}`,
          command: 'replay',
          options: { mute: muteId, confirm: 'true' },
          style: 'primary',
        },
      ],
      data: { code: 'confirm' },
    });
  const count = await parts.changes.record(
    {
      action: 'replay',
      ...(first.endpointId && { endpointId: first.endpointId }),
      detail: `posted what mute ${first.muteId} held: ${plural(held.length, 'event')}`,
    },
    () => parts.relay.retry(held.map(({ id }) => id)),
  );
  return reply(
    `${escapeMarkdown(caller.userName)} asked for what the mute held: ${count} ${count === 1 ? 'message is' : 'messages are'} on the way.`,
    {
      visibleTo: 'channel',
      data: { posts: held.map(({ id }) => id) },
    },
  );
}

/** Oldest first, in the order to post them. */
async function heldBy(muteId: string, { journal }: CommandParts): Promise<readonly StoredPost[]> {
  const held: StoredPost[] = [];
  for (let before: string | undefined; ; before = held.at(-1)?.id) {
    const page = await journal.posts.list({ muteId, state: 'held', limit: PAGE, ...(before && { before }) });
    held.push(...page);
    if (page.length < PAGE) return held.toReversed();
  }
}
