import { type CommandParts, defineCommand } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { eventLink } from '../core/event/event-line.ts';
import type { StoredPost } from '../core/event/post.ts';
import { inlineCode, quoted } from '../core/message/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { lookUpEndpoint } from '../core/settings/endpoint-lookup.ts';
import { plural } from '../core/text/line.ts';
import { findEvent } from './shared/find-event.ts';
import { describePlace } from './shared/find-place.ts';
import { recordChange } from './shared/record-change.ts';

const PAGE = 500;
/** More than this is a flood that somebody should ask for twice. */
const UNASKED = 20;

export default defineCommand({
  summary: 'Tell an event again, or tell what a mute held',
  examples: ['/webhook replay 1234', '/webhook replay mute=3f2a9c0d1e4b'],
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
    confirm: { type: 'flag', optional: true, description: 'Tell many without asking' },
  },

  async run({ options, caller }, parts) {
    if (options.event !== undefined && options.mute !== undefined)
      throw new OptionError('mute', 'Name either an event or a mute, not both.');
    if (options.mute !== undefined) return replayMute(options.mute, Boolean(options.confirm), caller, parts);
    if (options.event === undefined)
      return reply('Say which event: `/webhook replay 1234`. `/webhook history` lists events with their ids.', {
        form: { command: 'replay', title: 'Tell an event again', ask: ['event'], options: {}, submit: 'Replay' },
        data: { code: 'missing_option', field: 'event' },
      });

    const event = await findEvent(parts.journal, options.event);
    if (!lookUpEndpoint(parts.settings.current, event.endpointId)?.routes.length)
      return reply(
        `${eventLink(event)} can be told nowhere: its endpoint leads to no channel now. Add one with \`/webhook route\`.`,
        { severity: 'warning', data: { code: 'no_route', posts: [] } },
      );
    const posts = await parts.relay.replay(event);
    await recordChange(parts, caller, {
      action: 'replay',
      endpointId: event.endpointId,
      detail: `replayed event ${event.id} to ${plural(posts.length, 'channel')}`,
    });
    const where = posts.map((post) => escapeMarkdown(describePlace(post, caller, parts.platforms))).join(', ');
    return reply(`${eventLink(event)} is told again in ${where}.`, {
      severity: 'good',
      actions: [{ label: 'Why', command: 'why', options: { event: event.id } }],
      data: { posts: posts.map(({ id, platform, channelName }) => ({ id, platform, channelName })) },
    });
  },
});

async function replayMute(muteId: string, confirmed: boolean, caller: Caller, parts: CommandParts) {
  const held = await heldBy(muteId, parts);
  const [first] = held;
  if (!first)
    return reply(
      `Nothing held by the mute ${quoted(muteId)} is left to tell. ${inlineCode('/webhook mutes')} shows what is muted now.`,
      { data: { code: 'nothing_held', posts: [] } },
    );
  if (held.length > UNASKED && !confirmed)
    return reply(`Tell all ${held.length} now? They come one after another, as fast as the channel takes them.`, {
      severity: 'warning',
      actions: [
        {
          label: `Tell all ${held.length}`,
          command: 'replay',
          options: { mute: muteId, confirm: 'true' },
          style: 'primary',
        },
      ],
      data: { code: 'confirm' },
    });
  const count = await parts.relay.retry(held.map(({ id }) => id));
  await recordChange(parts, caller, {
    action: 'replay',
    ...(first.endpointId && { endpointId: first.endpointId }),
    detail: `told ${count} events that mute ${muteId} held`,
  });
  return reply(
    `${escapeMarkdown(caller.userName)} asked for what the mute held: ${count} ${count === 1 ? 'message is' : 'messages are'} on the way.`,
    {
      visibleTo: 'channel',
      data: { posts: held.map(({ id }) => id) },
    },
  );
}

/** Oldest first, as they should be told. */
async function heldBy(muteId: string, { journal }: CommandParts): Promise<readonly StoredPost[]> {
  const held: StoredPost[] = [];
  for (let before: string | undefined; ; before = held.at(-1)?.id) {
    const page = await journal.posts.list({ muteId, state: 'held', limit: PAGE, ...(before && { before }) });
    held.push(...page);
    if (page.length < PAGE) return held.toReversed();
  }
}
