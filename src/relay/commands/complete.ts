import type { CommandParts, CommandRunner, Completion, Suggestion } from '../../core/command/command.ts';
import type { Caller } from '../../core/command/permission.ts';
import { headsOf } from '../../core/provider/heads.ts';
import { describeMatch } from '../../core/settings/mute.ts';
import { ANY_TYPE } from '../../core/settings/template-override.ts';
import { timeZoneNames } from '../../core/text/time-zone.ts';

type Complete = CommandRunner['complete'];

const RECENT = 200;
const DURATIONS = {
  '15m': '15 minutes',
  '30m': '30 minutes',
  '1h': '1 hour',
  '2h': '2 hours',
  '4h': '4 hours',
  '8h': '8 hours',
  '1d': '1 day',
  '3d': '3 days',
  '1w': '1 week',
};

/** Completes what is being typed, from what the caller may know. An outsider is offered nothing. */
export function createCompleter(scopeOf: (caller: Caller) => CommandParts): Complete {
  return async ({ command, option, typed, given = {}, caller }) => {
    if (caller.role === 'outsider') return [];
    const scope = scopeOf(caller);
    const options = scope.commands.get(command)?.options ?? {};
    const described = Object.hasOwn(options, option) ? options[option] : undefined;
    if (!described) return [];
    const candidates = described.choices
      ? described.choices.map(plain)
      : described.complete
        ? await candidatesOf(described.complete, { caller, given }, scope)
        : [];
    return rank(candidates, typed);
  };
}

async function candidatesOf(
  kind: Completion,
  { caller, given }: { readonly caller: Caller; readonly given: Readonly<Record<string, string>> },
  parts: CommandParts,
): Promise<readonly Candidate[]> {
  const { view, providers, platforms, commands, journal, templates, samples } = parts;
  const named = given.endpoint ? await view.lookUp(given.endpoint) : undefined;
  switch (kind) {
    case 'endpoint':
      return (await view.endpoints()).map(({ name, provider }) => ({
        value: name,
        label: `${name} (${providers.get(provider)?.title ?? provider})`,
      }));
    case 'sample': {
      const endpoints = named ? [named] : await view.endpoints();
      return endpoints.flatMap(({ provider }) => [...samples.of(provider).keys()].map(plain));
    }
    case 'choice': {
      const provider = providers.get(named?.provider ?? given.provider?.toLowerCase() ?? '');
      return Object.entries(provider?.options ?? {}).flatMap(([name, { choices, description }]) =>
        (choices ?? ['']).map((choice) => ({ value: `${name}=${choice}`, label: `${name}=${choice} ${description}` })),
      );
    }
    case 'provider':
      return (await headsOf(providers)).map(({ name, title, aliases }) => ({
        value: name,
        label: title,
        words: aliases,
      }));
    case 'command':
      return Array.from(commands, ([name, { summary }]) => ({ value: name, label: `${name}: ${summary}` }));
    case 'duration':
      return Object.entries(DURATIONS).map(([value, label]) => ({ value, label }));
    case 'zone':
      return timeZoneNames().map(plain);
    case 'mute': {
      const [mutes, endpoints] = await Promise.all([view.mutes(), view.endpoints()]);
      const names = new Map(endpoints.map(({ id, name }) => [id, name]));
      return mutes.map((mute) => ({
        value: mute.id,
        label: `${names.get(mute.endpointId) ?? ''} ${describeMatch(mute)}`.trim(),
      }));
    }
    case 'template': {
      const [events, endpoints] = await Promise.all([journal.events.list({ limit: RECENT }), view.endpoints()]);
      const inUse = new Set(endpoints.map(({ provider }) => provider));
      return [
        ...events.map(({ type }) => plain(type)),
        ...[...inUse].flatMap((provider) => templates.types(provider)).map(plain),
        { value: ANY_TYPE, label: 'every type that has none of its own' },
      ];
    }
    case 'channel': {
      const here = { platform: caller.platform, channelName: caller.channelName };
      return [here, ...(await view.endpoints()).flatMap(({ routes }) => routes)].map(({ platform, channelName }) =>
        platform === caller.platform
          ? { value: `#${channelName}`, label: `#${channelName}` }
          : {
              value: `${platform}:#${channelName}`,
              label: `${platforms.get(platform)?.title ?? platform} #${channelName}`,
            },
      );
    }
    default: {
      const events = await journal.events.list({ limit: RECENT, ...(named && { endpointId: named.id }) });
      if (kind === 'event')
        return events.map(({ id, type, about }) => ({ value: id, label: `${id}: ${about?.title ?? type}` }));
      return events.flatMap(({ type, about }) =>
        kind === 'type' ? [plain(type)] : about?.source ? [plain(about.source)] : [],
      );
    }
  }
}

/** A suggestion, and other words by which it is found. */
interface Candidate extends Suggestion {
  readonly words?: readonly string[];
}

function plain(value: string): Candidate {
  return { value, label: value };
}

/** What begins as typed comes first, then what holds it; each value once. */
function rank(candidates: readonly Candidate[], typed: string): readonly Suggestion[] {
  const word = typed.trim().toLowerCase();
  const unique = [...new Map(candidates.map((candidate) => [candidate.value, candidate])).values()];
  return unique
    .map((candidate) => ({ candidate, place: placeOf(candidate, word) }))
    .filter(({ place }) => place < 3)
    .toSorted((a, b) => a.place - b.place)
    .map(({ candidate: { value, label } }) => ({ value, label }));
}

function placeOf({ value, label, words = [] }: Candidate, word: string): number {
  if (value.toLowerCase().replace(/^#/, '').startsWith(word.replace(/^#/, ''))) return 0;
  if ([label, ...words].some((text) => text.toLowerCase().startsWith(word))) return 1;
  return `${value} ${label}`.toLowerCase().includes(word) ? 2 : 3;
}
