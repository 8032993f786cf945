import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { isListed } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { eventLink } from '../core/event/event-line.ts';
import type { StoredPost } from '../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { plural } from '../core/text/line.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace } from './shared/find-place.ts';

const PAGE = 10;
const RETRIED = 500;

export default defineCommand({
  summary: 'List messages that could not be posted, with the reason, and try again',
  examples: ['/webhook failed', '/webhook failed api-alerts retry'],
  aliases: ['failures'],
  permission: 'member',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only messages of this endpoint' },
    mine: { type: 'flag', optional: true, description: 'Only messages of your own endpoints' },
    retry: { type: 'flag', optional: true, description: 'Try to post them again' },
    post: { type: 'string', optional: true, example: '77', description: 'Only the message with this id' },
    before: {
      type: 'string',
      optional: true,
      example: '77',
      description: 'Only messages older than the one with this id',
    },
  },

  async run({ options, caller }, parts) {
    const { view, journal, changes, relay, platforms } = parts;
    const endpoint = options.endpoint === undefined ? undefined : await view.find(options.endpoint);
    for (const field of ['post', 'before'] as const)
      if (options[field] !== undefined && !/^\d{1,15}$/.test(options[field]))
        throw new OptionError(field, 'A message’s id is a number, such as `77`.');
    const endpoints = endpoint ? [endpoint] : await view.endpoints();
    const mine = new Set(endpoints.flatMap(({ id, owners }) => (isListed(owners, caller) ? [id] : [])));
    const narrowed = options.retry || options.post || options.mine;
    const failed = (
      await journal.posts.list({
        state: 'failed',
        limit: narrowed ? RETRIED : PAGE + 1,
        ...(endpoint && { endpointId: endpoint.id }),
        ...(options.before && { before: options.before }),
      })
    ).filter(
      ({ id, endpointId }) =>
        (options.post === undefined || id === options.post) && (!options.mine || mine.has(endpointId ?? '')),
    );
    if (!failed.length)
      return reply(
        `Nothing${options.mine ? ' of yours' : ''} has failed${endpoint ? ` for ${inlineCode(endpoint.name)}` : ''}: every message is posted, held or on its way.`,
        { severity: 'good', data: { posts: [] } },
      );

    if (options.retry) {
      const count = await changes.record(
        {
          action: 'failed',
          ...(endpoint && { endpointId: endpoint.id }),
          detail: `tried ${plural(failed.length, 'failed message')} again`,
        },
        () => relay.retry(failed.toReversed().map(({ id }) => id)),
      );
      return reply(
        `Bellhop tries to post ${plural(count, 'message')} again. ${inlineCode('/webhook failed')} lists those that fail once more.`,
        {
          severity: 'good',
          data: { retried: count },
        },
      );
    }
    const shown = failed.slice(0, PAGE);
    const names = new Map(endpoints.map(({ id, name }) => [id, name]));
    const lines = await Promise.all(
      shown.map((post) =>
        describe(post, {
          journal,
          name: post.endpointId && names.get(post.endpointId),
          where: describePlace(post, caller, platforms),
        }),
      ),
    );
    const kept = { ...(endpoint && { endpoint: endpoint.name }), ...(options.mine && { mine: 'true' }) };
    const oldest = failed.length > PAGE ? shown.at(-1)?.id : undefined;
    return reply(lines.join('\n'), {
      title: oldest ? `More than ${PAGE} messages failed` : `${plural(failed.length, 'message')} failed`,
      severity: 'warning',
      actions: [
        {
          label: failed.length > 1 ? 'Try all again' : 'Try again',
          command: 'failed',
          options: { ...kept, retry: 'true' },
          style: 'primary',
        },
        ...(oldest ? [{ label: 'Older', command: 'failed', options: { ...kept, before: oldest } }] : []),
      ],
      data: { posts: shown.map(({ message: _message, ...post }) => post), ...(oldest && { next: oldest }) },
    });
  },
});

async function describe(
  { id, eventId, attempts, error, settledAt, createdAt }: StoredPost,
  {
    journal,
    name,
    where,
  }: { readonly journal: CommandParts['journal']; readonly name: string | undefined; readonly where: string },
): Promise<Markdown> {
  const event = eventId === undefined ? undefined : await journal.events.get(eventId);
  const what = event ? eventLink(event) : 'a notice';
  return [
    `- ${momentMarkdown(settledAt ?? createdAt, 'relative')} ${what} in ${escapeMarkdown(where)}${name ? ` from ${inlineCode(name)}` : ''}`,
    `${sentenceMarkdown(error ?? 'no reason was given')} (${plural(attempts, 'attempt')})`,
    inlineCode(id),
  ].join(' · ');
}
