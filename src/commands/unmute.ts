import { type CommandParts, defineCommand } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode, quoted } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../core/message/message.ts';
import { severities } from '../core/message/severity.ts';
import { muteTimes, muteTimesText } from '../core/settings/describe-mute.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { describeMatch, type Mute } from '../core/settings/mute.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { sameMatch, toMatch } from './shared/mute/preview.ts';
import { tryOptions } from './shared/rules/options.ts';
import { type AskedChange, tryChange } from './shared/rules/try-change.ts';

/** An answer names at most this many; `/webhook mutes` shows all, page by page. */
const NAMED = 5;

export default defineCommand({
  summary: 'End a mute now; its channels get a digest of what was held',
  help: 'With several mutes on an endpoint, name one by its id or by what it matches, or end `all`.',
  examples: [
    '/webhook unmute api-alerts',
    '/webhook unmute api-alerts source=acme/api',
    '/webhook unmute api-alerts all',
  ],
  aliases: ['unsilence'],
  place: 8,
  permission: 'member',
  options: {
    endpoint: endpointOption,
    mute: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'mute',
      example: 'all',
      description: 'The id of the mute, or all',
    },
    source: {
      type: 'string',
      optional: true,
      complete: 'source',
      example: 'acme/api',
      description: 'The mute of this source',
    },
    type: { type: 'string', optional: true, complete: 'type', example: 'push', description: 'The mute of this type' },
    severity: {
      type: 'string',
      optional: true,
      choices: severities,
      example: 'info',
      description: 'The mute of this severity',
    },
    actor: { type: 'string', optional: true, example: '*[bot]', description: 'The mute of this person or bot' },
    subject: {
      type: 'string',
      optional: true,
      example: 'pull_request:acme/api#12',
      description: 'The mute of this one thing',
    },
    try: tryOptions.try,
    days: tryOptions.days,
  },

  async run({ options, caller }, parts) {
    const endpoint = await parts.view.find(options.endpoint);
    const mutes = await parts.view.mutes(endpoint.id);
    if (!mutes.length)
      return reply(`${inlineCode(endpoint.name)} is not muted. ${inlineCode('/webhook mutes')} lists all mutes.`, {
        data: { code: 'not_muted', ended: [] },
      });

    const match = toMatch(options);
    const chosen = choose(mutes, options.mute, match);
    if (!chosen.length) {
      const wanted = options.mute === undefined ? inlineCode(describeMatch({ match })) : quoted(options.mute);
      const has = mutes.slice(0, NAMED).map((mute) => inlineCode(describeMatch(mute)));
      throw new OptionError(
        'mute',
        `\`${endpoint.name}\` has no mute ${wanted}. It has ${has.join(', ')}${moreThan(mutes, endpoint)}.`,
        { code: 'not_found', status: 404 },
      );
    }
    if (chosen.length > 1 && options.mute?.toLowerCase() !== 'all')
      return whichOne(endpoint, chosen, await parts.view.endpoints());
    if (!options.try) return end(endpoint, chosen, caller, parts);
    const { answer } = await tryChange(withoutMutes(chosen, { endpoint, caller }), options, parts);
    return answer ?? reply('There is nothing to try it on.');
  },
});

function withoutMutes(
  chosen: readonly Mute[],
  { endpoint, caller }: { readonly endpoint: Endpoint; readonly caller: Caller },
): AskedChange<undefined> {
  const [only] = chosen.length === 1 ? chosen : [];
  const ids = new Set(chosen.map(({ id }) => id));
  return {
    title: `${endpoint.name} without ${only ? `the mute of ${describeMatch(only)}` : `${chosen.length} mutes`}`,
    command: 'unmute',
    typed: { endpoint: endpoint.id, mute: only?.id ?? 'all' },
    endpoint,
    caller,
    versioned: false,
    plan: (settings) => ({
      change: { action: 'unmute', endpointId: endpoint.id, detail: '' },
      settings: { ...settings, mutes: settings.mutes.filter(({ id }) => !ids.has(id)) },
      result: undefined,
    }),
  };
}

function moreThan(mutes: readonly Mute[], { name }: Endpoint): string {
  const more = mutes.length - NAMED;
  return more > 0 ? ` and ${more} more, which ${inlineCode(`/webhook mutes ${name}`)} lists` : '';
}

function choose(mutes: readonly Mute[], typed: string | undefined, match: Mute['match']): readonly Mute[] {
  if (typed !== undefined)
    return typed.toLowerCase() === 'all'
      ? mutes
      : mutes.filter((mute) => mute.id === typed || describeMatch(mute).toLowerCase() === typed.toLowerCase());
  return Object.keys(match).length ? mutes.filter((mute) => sameMatch(mute.match, match)) : mutes;
}

function whichOne(endpoint: Endpoint, mutes: readonly Mute[], endpoints: readonly Endpoint[]) {
  const { id: endpointId, name } = endpoint;
  const shown = mutes.slice(0, NAMED);
  const lines = shown.map(
    (mute) => `- ${inlineCode(describeMatch(mute))} ${muteTimes(mute, endpoints)} · ${inlineCode(mute.id)}`,
  );
  const more = moreThan(mutes, endpoint).trim();
  return reply(
    [
      `${inlineCode(name)} has ${mutes.length} mutes. Which one should end?`,
      [...lines, ...(more ? [`- ${more}`] : [])].join('\n'),
    ].join('\n\n'),
    {
      actions: [
        ...shown.map((mute) => ({
          label: `Unmute ${describeMatch(mute)}`,
          command: 'unmute',
          options: { endpoint: endpointId, mute: mute.id },
        })),
        { label: 'Unmute all', command: 'unmute', options: { endpoint: endpointId, mute: 'all' }, style: 'primary' },
      ],
      data: { code: 'choose', mutes },
    },
  );
}

function endedBefore(name: string): AppError {
  return new AppError(409, 'not_muted', `\`${name}\` was unmuted a moment ago, so there was nothing left to end.`);
}

function isEndedBefore(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'not_muted';
}

async function end(
  { id: endpointId, name }: Endpoint,
  mutes: readonly Mute[],
  caller: Caller,
  { changes, relay }: CommandParts,
) {
  const ended: Mute[] = [];
  for (const mute of mutes) {
    const { id } = mute;
    const change = {
      action: 'unmute',
      endpointId,
      detail: `unmuted ${name} ${describeMatch(mute)}`,
      before: muteTimesText(mute, [{ id: endpointId, name }]),
    };
    const ending = changes.record(change, async () => {
      if (!(await relay.endMute(id))) throw endedBefore(name);
    });
    // Somebody else, or the clock, may have ended it first: then the next one is ended.
    const left = await ending.catch((error: unknown) => (isEndedBefore(error) ? error : Promise.reject(error)));
    if (!left) ended.push(mute);
  }
  if (!ended.length) throw endedBefore(name);
  const what = ended.slice(0, NAMED).map((mute) => inlineCode(describeMatch(mute)));
  if (ended.length > NAMED) what.push(`${ended.length - NAMED} more`);
  return reply(
    `${escapeMarkdown(caller.userName)} unmuted ${what.join(', ')} from ${inlineCode(name)}. If events were held, a digest lists them.`,
    {
      severity: 'good',
      visibleTo: 'channel',
      data: { ended: ended.map(({ id }) => id) },
    },
  );
}
