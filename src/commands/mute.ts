import { type CommandParts, defineCommand } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode, quoted } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, toMessage } from '../core/message/message.ts';
import { muteTimes, muteTimesText } from '../core/settings/describe-mute.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { endpointNow } from '../core/settings/endpoint-lookup.ts';
import { newId } from '../core/settings/ids.ts';
import { describeMatch, isPaused, type Mute } from '../core/settings/mute.ts';
import type { Settings } from '../core/settings/settings.ts';
import { toChoices } from './shared/mute/choices.ts';
import { muteOptions } from './shared/mute/options.ts';
import {
  describeAsking,
  describeOpen,
  describePreview,
  holdSame,
  isOverAlready,
  matchesEverything,
  toMatch,
} from './shared/mute/preview.ts';
import { toTimes } from './shared/mute/times.ts';
import { toTyped } from './shared/rules/to-typed.ts';
import { tryChange } from './shared/rules/try-change.ts';

const REASON_LIMIT = 300;
/** Mutes of one endpoint that ask more than what an event is: each costs time with every event. */
const MOST_ASKING = 100;

export default defineCommand({
  summary: 'Keep an endpoint, or part of it, quiet for a while',
  help: `Every part you name must match; \`*\` stands for any text. \`where=\` is any condition in CEL. Events that are held are not lost: when the mute ends, what is still open is posted, and its channels get a digest of the rest.
Without \`for\` or \`until\` a mute lasts an hour; 30 days is the longest. \`until=resolved\`, \`merged\` or \`closed\` ends it when its \`subject\` is that, or over in another way. \`every weekday 22:00-06:00\` repeats until somebody unmutes it. \`while db is firing\` holds only while that endpoint, or one subject of it, is firing. An alert counts as firing for three days after its last event, unless one says earlier that it is over.
Times of day are read in your own time zone; \`zone=Europe/Berlin\` sets it, and is remembered. \`try\` says what the mute would have held, and mutes nothing.`,
  examples: [
    '/webhook mute api-alerts source=acme/api for 2h because "deploy night"',
    '/webhook mute api-alerts severity=info until tomorrow 9am',
    '/webhook mute api-alerts severity=info every weekday 22:00-06:00 zone=Europe/Berlin',
    '/webhook mute api-alerts subject=pull_request:acme/api#12 until=merged',
    '/webhook mute api-alerts where="about.environment == \'staging\'" for 4h',
    '/webhook mute web-alerts while db-alerts is firing',
  ],
  aliases: ['silence', 'snooze'],
  place: 5,
  permission: 'member',
  options: muteOptions,

  async run({ options, caller, readIn }, parts) {
    const { view, rules, changes, clock, relay } = parts;
    const endpoint = await view.find(options.endpoint);
    const now = clock.now();
    const match = toMatch(options);
    const where = options.where === undefined ? undefined : rules.check(options.where, 'where');
    const subject = options.subject?.trim();
    const times = await toTimes(options, { now, zone: readIn ?? 'UTC', endpoint, subject }, parts);
    const reason = options.because?.slice(0, REASON_LIMIT).toWellFormed();
    const fresh: Mute = {
      id: newId(),
      endpointId: endpoint.id,
      match,
      ...(where !== undefined && { where }),
      ...times,
      by: caller.userName,
      createdAt: now.toISOString(),
      ...(reason && { reason }),
    };
    const watched = times.while && (await view.lookUp(times.while.endpointId));
    const endpoints = watched ? [watched] : [];
    const until = options.until instanceof Date ? { until: options.until.toISOString() } : {};
    const typed = {
      ...toTyped(options),
      ...until,
      ...(times.every && { zone: times.every.zone }),
      endpoint: endpoint.id,
    };
    const plan = (current: Settings) => planOf(current, fresh, { endpoint, instead: options.instead });
    if (options.try) {
      const title = `mute ${describeMatch(fresh)} of ${endpoint.name}`;
      const asked = { title, command: 'mute', typed, endpoint, caller, plan, versioned: false };
      const { answer } = await tryChange(asked, options, parts);
      if (answer) return answer;
    }

    if (times.ends && subject !== undefined && (await isOverAlready(subject, endpoint.id, parts)))
      throw new OptionError('until', `${quoted(subject)} is over already, so there is nothing to wait for.`, {
        code: 'over',
        status: 409,
      });
    const preview = isAsking(fresh)
      ? await describeAsking({ endpoint, caller, change: (current) => plan(current).settings }, parts)
      : await describePreview(match, endpoint.id, parts);
    const open = where === undefined && !times.every ? await describeOpen(match, endpoint.id, parts) : '';
    const zone = readIn ? `The time is in the time zone ${inlineCode(readIn)}.` : '';
    const isEverything = matchesEverything(match) && (where === undefined || where === 'true');
    if (isEverything && !options.confirm)
      return reply(
        [
          `Mute **everything** from ${inlineCode(endpoint.name)} ${muteTimes(fresh, endpoints)}?`,
          ...[zone, preview].filter(Boolean),
          `To mute only a part, name it: ${inlineCode(`/webhook mute ${endpoint.name} source=…`)}`,
          ...(times.every
            ? [
                `Quiet hours of a channel let through what is serious: ${inlineCode(`/webhook route ${endpoint.name} add #channel quiet=${times.every.from}-${times.every.to} except severity>=critical`)}`,
              ]
            : []),
        ].join(' '),
        {
          severity: 'warning',
          actions: [
            {
              label: 'Mute everything',
              command: 'mute',
              options: { ...typed, ...match, confirm: 'true' },
              style: 'danger',
            },
          ],
          data: { code: 'confirm' },
        },
      );

    const done = await changes.settings(plan);
    const body = describe({ ...done, endpoints, notes: [zone, preview, open].filter(Boolean), caller });
    const unmute = { label: 'Unmute', command: 'unmute', options: { endpoint: endpoint.id, mute: done.mute.id } };
    await relay.announce(
      endpoint.id,
      toMessage({
        notify: 'never',
        body: describe({ ...done, endpoints: [endpoint], notes: [], caller }),
        actions: [unmute],
      }),
      caller,
    );
    const type = options.event === undefined ? undefined : await typeOf(options.event, parts);
    const isClicked = options.event !== undefined || options.instead !== undefined;
    return reply(body, {
      visibleTo: 'channel',
      actions: [unmute, ...(isClicked ? toChoices(done.mute, type) : [])],
      data: { mute: done.mute },
    });
  },
});

interface Planned {
  readonly mute: Mute;
  readonly replaced: Mute | undefined;
  readonly endpointName: string;
}

function planOf(
  current: Settings,
  fresh: Mute,
  { endpoint, instead }: { readonly endpoint: Endpoint; readonly instead: string | undefined },
) {
  const { id, name } = endpointNow(current, endpoint);
  const own = current.mutes.filter(({ endpointId }) => endpointId === id);
  const replaced = own.find((each) => each.id === instead) ?? own.find((each) => holdSame(each, fresh));
  // The same id, so that what is held already belongs to it too.
  const mute = { ...fresh, id: replaced?.id ?? fresh.id };
  const others = current.mutes.filter((each) => each.id !== mute.id);
  if (isAsking(mute) && others.filter((each) => each.endpointId === id && isAsking(each)).length >= MOST_ASKING)
    throw new OptionError(
      'endpoint',
      `\`${name}\` has ${MOST_ASKING} mutes with \`where\`, \`every\` or \`while\` already, which is the most. \`/webhook mutes ${name}\` lists them.`,
    );
  const after = muteTimesText(mute, current.endpoints);
  const result: Planned = { mute, replaced, endpointName: name };
  return {
    change: {
      action: 'mute',
      endpointId: id,
      detail: `muted ${name} ${describeMatch(mute)} ${after}`,
      ...(replaced && { before: muteTimesText(replaced, current.endpoints) }),
      after,
    },
    settings: { ...current, mutes: [...others, mute] },
    result,
  };
}

function isAsking({ where, every, while: watched }: Mute): boolean {
  return where !== undefined || every !== undefined || watched !== undefined;
}

/** The type of an event, where the caller may know of it. */
async function typeOf(eventId: string, { journal }: Pick<CommandParts, 'journal'>): Promise<string | undefined> {
  const [event] = await journal.events.summaries([eventId]);
  return event?.type;
}

function describe({
  mute,
  replaced,
  endpointName,
  endpoints,
  notes,
  caller,
}: Planned & {
  readonly endpoints: readonly Endpoint[];
  readonly notes: readonly Markdown[];
  readonly caller: Caller;
}): Markdown {
  const what = describeMatch(mute) === 'everything' ? 'everything' : inlineCode(describeMatch(mute));
  const end = mute.every || mute.while ? 'When it pauses or ends' : 'When the mute ends';
  return [
    `${escapeMarkdown(caller.userName)} muted ${what} from ${inlineCode(endpointName)} ${muteTimes(mute, endpoints)}.`,
    ...(mute.reason ? [`Why: ${escapeMarkdown(mute.reason)}`] : []),
    ...(replaced ? [`This replaces the mute ${muteTimes(replaced, endpoints)}.`] : []),
    ...(mute.every && isPaused(mute, new Date(mute.createdAt)) ? ['Nothing is held until those hours begin.'] : []),
    [...notes, `${end}, what is still open is posted, and its channels get a digest of what was held.`].join(' '),
  ].join('\n\n');
}
