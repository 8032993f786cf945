import { defineCommand } from '../core/command/command.ts';
import { ownedBy } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { eventLink } from '../core/event/event-line.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/inline-code.ts';
import { escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import { findEndpoint, lookUpEndpoint } from '../core/settings/endpoint-lookup.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace } from './shared/find-place.ts';
import { recordChange } from './shared/record-change.ts';

const PAGE = 10;
const RETRIED = 500;

export default defineCommand({
  summary: 'List messages that could not be posted, with the reason, and try again',
  examples: ['/webhook failed', '/webhook failed api-alerts retry'],
  aliases: ['failures'],
  permission: 'member',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only those of this endpoint' },
    mine: { type: 'flag', optional: true, description: 'Only of endpoints that are yours' },
    retry: { type: 'flag', optional: true, description: 'Try them again' },
    post: { type: 'string', optional: true, example: '77', description: 'Only the message with this id' },
  },

  async run({ options, caller }, parts) {
    const { settings, journal, platforms, relay } = parts;
    const endpoint = options.endpoint === undefined ? undefined : findEndpoint(settings.current, options.endpoint);
    if (options.post !== undefined && !/^\d{1,18}$/.test(options.post))
      throw new OptionError('post', 'A message’s id is a number, such as `77`.');
    const query = { state: 'failed' as const, ...(endpoint && { endpointId: endpoint.id }) };
    const mine = new Set(options.mine ? ownedBy(caller, settings.current).map(({ id }) => id) : undefined);
    const narrowed = options.retry || options.post || options.mine;
    const failed = (await journal.posts.list({ ...query, limit: narrowed ? RETRIED : PAGE + 1 })).filter(
      ({ id, endpointId }) =>
        (options.post === undefined || id === options.post) && (!options.mine || mine.has(endpointId ?? '')),
    );
    if (!failed.length)
      return reply(
        `Nothing${options.mine ? ' of yours' : ''} has failed${endpoint ? ` for ${inlineCode(endpoint.name)}` : ''}: every message that was owed is posted, held or on its way.`,
        { severity: 'good', data: { posts: [] } },
      );

    if (options.retry) {
      const count = await relay.retry(failed.toReversed().map(({ id }) => id));
      await recordChange(parts, caller, {
        action: 'failed',
        ...(endpoint && { endpointId: endpoint.id }),
        detail: `tried ${count} failed messages again`,
      });
      return reply(
        `${count} ${count === 1 ? 'message is' : 'messages are'} tried again. ${inlineCode('/webhook failed')} shows those that fail once more.`,
        {
          severity: 'good',
          data: { retried: count },
        },
      );
    }
    const lines = await Promise.all(
      failed
        .slice(0, PAGE)
        .map(async ({ id, eventId, endpointId, platform, channelName, attempts, error, settledAt, createdAt }) => {
          const event = eventId === undefined ? undefined : await journal.events.get(eventId);
          const what = event ? eventLink(event) : 'a notice';
          const where = escapeMarkdown(describePlace({ platform, channelName }, caller, platforms));
          const name = endpointId && lookUpEndpoint(settings.current, endpointId)?.name;
          return [
            `- ${momentMarkdown(settledAt ?? createdAt, 'relative')} ${what} in ${where}${name ? ` from ${inlineCode(name)}` : ''}`,
            `${sentenceMarkdown(error ?? 'no reason was given')} (${attempts} ${attempts === 1 ? 'attempt' : 'attempts'})`,
            inlineCode(id),
          ].join(' · ');
        }),
    );
    if (failed.length > PAGE) lines.push('\nOlder ones too; trying again takes them along.');
    return reply(lines.join('\n'), {
      title:
        failed.length > PAGE
          ? `More than ${PAGE} messages failed`
          : `${failed.length} ${failed.length === 1 ? 'message' : 'messages'} failed`,
      severity: 'warning',
      actions: [
        {
          label: failed.length > 1 ? 'Try all again' : 'Try again',
          command: 'failed',
          options: {
            ...(endpoint && { endpoint: endpoint.name }),
            ...(options.mine && { mine: 'true' }),
            retry: 'true',
          },
          style: 'primary',
        },
      ],
      data: { posts: failed.slice(0, PAGE).map(({ message: _message, ...post }) => post) },
    });
  },
});
