import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { type Caller, isListed } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { eventLink } from '../core/event/event-line.ts';
import type { StoredPost } from '../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/inline-code.ts';
import { type CommandAction, escapeMarkdown, type Markdown, momentMarkdown } from '../core/message/message.ts';
import { plural } from '../core/text/line.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { describePlace } from './shared/find-place.ts';

const PAGE = 10;
const MOST = 500;

export default defineCommand({
  summary: 'List messages that could not be posted, with the reason; try again or drop them',
  help: 'Where Bellhop could not find out whether a message was posted, look into the channel: if it is missing, try again; if it is there, `drop` it here.',
  examples: ['/webhook failed', '/webhook failed api-alerts retry', '/webhook failed drop post=77'],
  aliases: ['failures'],
  permission: 'member',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only messages of this endpoint' },
    mine: { type: 'flag', optional: true, description: 'Only messages of your own endpoints' },
    retry: { type: 'flag', optional: true, description: 'Try to post them again' },
    drop: { type: 'flag', optional: true, description: 'Give them up for good' },
    post: { type: 'string', optional: true, example: '77', description: 'Only the message with this id' },
    before: {
      type: 'string',
      optional: true,
      example: '77',
      description: 'Only messages older than the one with this id',
    },
  },

  async run({ options, caller }, parts) {
    const { view, journal } = parts;
    if (options.retry && options.drop) throw new OptionError('drop', 'Give either `retry` or `drop`, not both.');
    for (const field of ['post', 'before'] as const)
      if (options[field] !== undefined && !/^\d{1,15}$/.test(options[field]))
        throw new OptionError(field, 'A message’s id is a number, such as `77`.');
    const endpoint = options.endpoint === undefined ? undefined : await view.find(options.endpoint);
    const endpoints = endpoint ? [endpoint] : await view.endpoints();
    const mine = new Set(endpoints.flatMap(({ id, owners }) => (isListed(owners, caller) ? [id] : [])));
    const isMeant = ({ id, endpointId }: StoredPost) =>
      (options.post === undefined || id === options.post) && (!options.mine || mine.has(endpointId ?? ''));
    const query = {
      limit: options.retry || options.drop || options.post || options.mine ? MOST : PAGE + 1,
      ...(endpoint && { endpointId: endpoint.id }),
      ...(options.before && { before: options.before }),
    };
    const failed = (await journal.posts.list({ ...query, state: 'failed' })).filter(isMeant);
    const change = { action: 'failed', ...(endpoint && { endpointId: endpoint.id }) };
    if (failed.length && options.retry) return retry(failed, change, parts);
    if (failed.length && options.drop) return drop(failed, change, parts);

    const waiting = options.retry || options.drop ? [] : await journal.posts.list({ ...query, delayed: true });
    const shown = { failed: failed.slice(0, PAGE), waiting: waiting.filter(isMeant).slice(0, PAGE) };
    if (!shown.failed.length && !shown.waiting.length)
      return reply(
        `Nothing${options.mine ? ' of yours' : ''} has failed${endpoint ? ` for ${inlineCode(endpoint.name)}` : ''}: every message is posted, held or on its way.`,
        { severity: 'good', data: { posts: [], waiting: [] } },
      );
    const describe = createDescriber(new Map(endpoints.map(({ id, name }) => [id, name])), caller, parts);
    const kept = { ...(endpoint && { endpoint: endpoint.name }), ...(options.mine && { mine: 'true' }) };
    const oldest = failed.length > PAGE ? shown.failed.at(-1)?.id : undefined;
    const [lines, waitingLines] = await Promise.all([
      Promise.all(shown.failed.map(describe)),
      Promise.all(shown.waiting.map(describe)),
    ]);
    return reply(
      [
        ...(lines.length ? [lines.join('\n')] : []),
        ...(waitingLines.length ? [`**Not posted yet, and tried again by itself**\n${waitingLines.join('\n')}`] : []),
      ].join('\n\n'),
      {
        title: oldest ? `More than ${PAGE} messages failed` : `${plural(failed.length, 'message')} failed`,
        severity: 'warning',
        actions: lines.length ? toActions(failed.length, kept, oldest) : [],
        data: {
          posts: shown.failed.map(withoutMessage),
          waiting: shown.waiting.map(withoutMessage),
          ...(oldest && { next: oldest }),
        },
      },
    );
  },
});

type Change = Parameters<CommandParts['changes']['record']>[0];

async function retry(failed: readonly StoredPost[], change: Omit<Change, 'detail'>, parts: CommandParts) {
  const detail = `tried ${plural(failed.length, 'failed message')} again`;
  const ids = failed.toReversed().map(({ id }) => id);
  const count = await parts.changes.record({ ...change, detail }, () => parts.relay.retry(ids));
  return reply(
    `Bellhop tries to post ${plural(count, 'message')} again. ${inlineCode('/webhook failed')} lists those that fail once more.`,
    { severity: 'good', data: { retried: count } },
  );
}

async function drop(failed: readonly StoredPost[], change: Omit<Change, 'detail'>, parts: CommandParts) {
  const detail = `dropped ${plural(failed.length, 'failed message')}`;
  const ids = failed.map(({ id }) => id);
  const count = await parts.changes.record({ ...change, detail }, () => parts.relay.drop(ids));
  return reply(
    `${plural(count, 'message')} dropped: Bellhop no longer tries to post ${count === 1 ? 'it' : 'them'}. The events stay in the history.`,
    { severity: 'good', data: { dropped: count } },
  );
}

function toActions(
  count: number,
  options: Readonly<Record<string, string>>,
  oldest: string | undefined,
): readonly CommandAction[] {
  const all = count > 1;
  return [
    {
      label: all ? 'Try all again' : 'Try again',
      command: 'failed',
      options: { ...options, retry: 'true' },
      style: 'primary',
    },
    {
      label: all ? 'Drop all' : 'Drop',
      command: 'failed',
      options: { ...options, drop: 'true' },
      style: 'danger',
      confirm: {
        title: all ? 'Drop them all?' : 'Drop it?',
        text: `Bellhop then never posts ${all ? 'these messages' : 'this message'}.`,
        yes: 'Drop',
      },
    },
    ...(oldest ? [{ label: 'Older', command: 'failed', options: { ...options, before: oldest } }] : []),
  ];
}

function createDescriber(
  names: ReadonlyMap<string, string>,
  caller: Caller,
  { journal, platforms }: CommandParts,
): (post: StoredPost) => Promise<Markdown> {
  return async (post) => {
    const { id, eventId, endpointId, attempts, error, settledAt, createdAt } = post;
    const event = eventId === undefined ? undefined : await journal.events.get(eventId);
    const where = escapeMarkdown(describePlace(post, caller, platforms));
    const name = endpointId && names.get(endpointId);
    return [
      `- ${momentMarkdown(settledAt ?? createdAt, 'relative')} ${event ? eventLink(event) : 'a notice'} in ${where}${name ? ` from ${inlineCode(name)}` : ''}`,
      `${sentenceMarkdown(error ?? 'no reason was given')} (${plural(attempts, 'attempt')})`,
      inlineCode(id),
    ].join(' · ');
  };
}

function withoutMessage({ message: _message, ...post }: StoredPost) {
  return post;
}
