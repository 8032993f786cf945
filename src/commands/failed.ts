import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { type Caller, isListed } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import type { StoredPost } from '../core/event/post.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import type { CommandAction, Markdown } from '../core/message/message.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { plural } from '../core/text/line.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { toPostLine } from './shared/post-line.ts';

const PAGE = 10;
const RETRIED = 500;
const DELAYED = 5;

export default defineCommand({
  summary: 'List messages that could not be posted, with the reason, and try again or drop them',
  help: 'A message that may have been posted is looked for before it is posted again. Drop it if you see it in its channel.',
  examples: ['/webhook failed', '/webhook failed api-alerts retry', '/webhook failed post=77 drop'],
  aliases: ['failures'],
  shortcuts: { retry: { retry: 'true' } },
  permission: 'member',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only messages of this endpoint' },
    mine: { type: 'flag', optional: true, description: 'Only messages of your own endpoints' },
    retry: {
      type: 'flag',
      optional: true,
      description: 'Try to post them again, and now what waits to be tried again',
    },
    drop: { type: 'flag', optional: true, description: 'Take them off the list without posting them' },
    confirm: { type: 'flag', optional: true, description: 'Drop several without asking' },
    post: { type: 'string', optional: true, example: '77', description: 'Only the message with this id' },
    event: { type: 'string', optional: true, example: '1234', description: 'Only messages of this event' },
    before: {
      type: 'string',
      optional: true,
      example: '77',
      description: 'Only messages older than the one with this id',
    },
  },

  async run({ options, caller }, parts) {
    const { view, journal, changes, relay } = parts;
    const endpoint = options.endpoint === undefined ? undefined : await view.find(options.endpoint);
    for (const field of ['post', 'event', 'before'] as const)
      if (options[field] !== undefined && !/^\d{1,15}$/.test(options[field]))
        throw new OptionError(field, 'An id is a number, such as `77`.');
    const endpoints = endpoint ? [endpoint] : await view.endpoints();
    const mine = new Set(endpoints.flatMap(({ id, owners }) => (isListed(owners, caller) ? [id] : [])));
    const isAsked = ({ id, endpointId }: StoredPost) =>
      (options.post === undefined || id === options.post) && (!options.mine || mine.has(endpointId ?? ''));
    const narrowed = options.retry || options.drop || options.post || options.mine;
    const query = {
      limit: narrowed ? RETRIED : PAGE + 1,
      ...(endpoint && { endpointId: endpoint.id }),
      ...(options.event !== undefined && { eventId: options.event }),
    };
    const failed = (
      await journal.posts.list({ ...query, state: 'failed', ...(options.before && { before: options.before }) })
    ).filter(isAsked);
    const delayed = options.drop ? [] : (await journal.posts.list({ ...query, delayed: true })).filter(isAsked);
    if (!failed.length && !delayed.length)
      return reply(
        `Nothing${options.mine ? ' of yours' : ''} has failed${endpoint ? ` for ${inlineCode(endpoint.name)}` : ''}: every message is posted, held or on its way.`,
        { severity: 'good', data: { posts: [] } },
      );

    if (options.retry) {
      const count = await changes.record(
        {
          action: 'failed',
          ...(endpoint && { endpointId: endpoint.id }),
          detail: `tried ${plural(failed.length + delayed.length, 'message')} again`,
        },
        async () => {
          relay.hurry(delayed);
          return delayed.length + (await relay.retry(failed.toReversed().map(({ id }) => id)));
        },
      );
      return reply(
        `Bellhop tries to post ${plural(count, 'message')} again. ${inlineCode('/webhook failed')} lists those that fail once more.`,
        {
          severity: 'good',
          data: { retried: count },
        },
      );
    }
    if (options.drop) return drop(failed, { confirmed: Boolean(options.confirm), endpoint, mine: options.mine }, parts);
    return list({ failed, delayed, endpoint, endpoints, mine: options.mine }, caller, parts);
  },
});

async function drop(
  failed: readonly StoredPost[],
  { confirmed, ...chosen }: Chosen & { readonly confirmed: boolean },
  { changes, relay }: CommandParts,
) {
  const what = plural(failed.length, 'message');
  if (failed.length > 1 && !confirmed)
    return reply(`Drop ${what}? They are not posted, and stay in the history.`, {
      severity: 'warning',
      actions: [
        {
          label: `Drop all ${failed.length}`,
          command: 'failed',
          options: { ...toOptions(chosen), drop: 'true', confirm: 'true' },
          style: 'danger',
        },
      ],
      data: { code: 'confirm' },
    });
  const count = await changes.record(
    {
      action: 'failed',
      ...(chosen.endpoint && { endpointId: chosen.endpoint.id }),
      detail: `dropped ${plural(failed.length, 'failed message')}`,
    },
    () => relay.drop(failed.map(({ id }) => id)),
  );
  return reply(`${plural(count, 'message')} dropped.`, { severity: 'good', data: { dropped: count } });
}

async function list(
  {
    failed,
    delayed,
    endpoints,
    ...chosen
  }: Chosen & {
    readonly failed: readonly StoredPost[];
    readonly delayed: readonly StoredPost[];
    readonly endpoints: readonly Endpoint[];
  },
  caller: Caller,
  { journal, platforms }: CommandParts,
) {
  const names = new Map(endpoints.map(({ id, name }) => [id, name]));
  const toLines = (posts: readonly StoredPost[]): Promise<readonly Markdown[]> =>
    Promise.all(posts.map((post) => toPostLine(post, { journal, names, caller, platforms })));
  const shown = failed.slice(0, PAGE);
  const oldest = failed.length > PAGE ? shown.at(-1)?.id : undefined;
  const waiting = delayed.slice(0, DELAYED);
  const more = delayed.length > DELAYED ? ['- and others'] : [];
  return reply(
    [
      ...(shown.length ? [(await toLines(shown)).join('\n')] : []),
      ...(waiting.length
        ? [['Not posted yet, and tried again:', ...(await toLines(waiting)), ...more].join('\n')]
        : []),
    ].join('\n\n'),
    {
      title: toTitle({ failed, oldest }),
      severity: 'warning',
      actions: [
        ...toActions({ failed, delayed }, chosen),
        ...(oldest ? [{ label: 'Older', command: 'failed', options: { ...toOptions(chosen), before: oldest } }] : []),
      ],
      data: {
        posts: shown.map(withoutMessage),
        delayed: waiting.map(withoutMessage),
        ...(oldest && { next: oldest }),
      },
    },
  );
}

/** What the list was narrowed to. */
interface Chosen {
  readonly endpoint: Endpoint | undefined;
  readonly mine: boolean | undefined;
}

function toOptions({ endpoint, mine }: Chosen): Readonly<Record<string, string>> {
  return { ...(endpoint && { endpoint: endpoint.name }), ...(mine && { mine: 'true' }) };
}

function toActions(
  { failed, delayed }: { readonly failed: readonly StoredPost[]; readonly delayed: readonly StoredPost[] },
  chosen: Chosen,
): readonly CommandAction[] {
  const all = failed.length + delayed.length > 1 ? ' all' : '';
  const again: CommandAction = {
    label: failed.length ? `Try${all} again` : `Try${all} now`,
    command: 'failed',
    options: { ...toOptions(chosen), retry: 'true' },
    style: 'primary',
  };
  if (failed.length === 0) return [again];
  const drop = {
    label: `Drop${failed.length > 1 ? ' all' : ''}`,
    command: 'failed',
    options: { ...toOptions(chosen), drop: 'true' },
  };
  return [again, drop];
}

function toTitle({
  failed,
  oldest,
}: {
  readonly failed: readonly StoredPost[];
  readonly oldest: string | undefined;
}): string {
  if (oldest) return `More than ${PAGE} messages failed`;
  return failed.length ? `${plural(failed.length, 'message')} failed` : 'Nothing has failed for good';
}

function withoutMessage({ message: _message, ...post }: StoredPost) {
  return post;
}
