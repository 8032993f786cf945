import type { About } from '../core/event/about.ts';
import { severityOf } from '../core/message/severity.ts';
import { firstLine, toLine, toWords } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import {
  ABOUT_OTHERS,
  FACTS,
  GRAVITIES,
  KEYS,
  LINKS,
  MOMENTS,
  NAMES,
  NOT_TITLES,
  PEOPLE,
  PLACES,
  PROSE,
  STATES,
  THINGS,
  TITLES,
} from './guess-words.ts';
import { type Found, walkPayload } from './walk-payload.ts';

type Finding = string | undefined;

const guessed = new WeakMap<object, { readonly type: string; readonly about: About }>();

/**
 * What a payload nobody has described seems to be about, from the names its fields have. The nearer to the top and the
 * more telling the name, the better. Always finds a title: at worst the event's type in words. Asking again is free.
 */
export function guessAbout(payload: unknown, type: string): About {
  if (typeof payload !== 'object' || payload === null) return guess(payload, type);
  const known = guessed.get(payload);
  if (known?.type === type) return known.about;
  const about = guess(payload, type);
  guessed.set(payload, { type, about });
  return about;
}

function guess(payload: unknown, type: string): About {
  const found = walkPayload(payload);
  const own = found.filter(({ above }) => !above.some((name) => ABOUT_OTHERS.has(name)));
  const [everything, itself] = [byName(found), byName(own)];
  const state = pick(itself, STATES, toTerm);
  const source = pick(everything, PLACES, nameOf);
  const parts = {
    url: pick(itself, LINKS, toUrl) ?? pick(everything, LINKS, toUrl, notOfPeople),
    source,
    actor: pick(everything, PEOPLE, nameOf),
    subject: pickSubject(everything),
    state,
    severity: toSeverity(state, pick(itself, GRAVITIES, toTerm)) ?? severityOf(type.split(/[._:/]/).at(-1)),
    occurredAt: pick(itself, MOMENTS, toMoment),
    labels: pickLabels(itself),
  };
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  const title = typeof payload === 'string' ? firstLine(payload) : pickTitle(own, itself);
  return { title: title ?? toLine(nameless(itself, { type, state, source })) ?? 'Event', ...given };
}

function pickTitle(own: readonly Found[], itself: ByName): Finding {
  return (
    pick(itself, TITLES, toTitle) ?? pick(itself, PROSE, toTitle, near) ?? endingIn(own, /(title|subject|message)$/)
  );
}

/** A title for what has none: its name and state, or at least the event's type. */
function nameless(
  itself: ByName,
  { type, state, source }: { readonly type: string; readonly state: Finding; readonly source: Finding },
): string {
  const name = pick(itself, NAMES, toTitle, near) ?? endingIn([...itself.values()].flat(), /name$/);
  const event = toWords(type) || 'Event';
  if (name) return state ? `${name}: ${toWords(state).toLowerCase()}` : `${event}: ${name}`;
  const condition = state && toWords(state) !== event ? toWords(state).toLowerCase() : undefined;
  return [event, condition, source].filter(Boolean).join(' · ');
}

function endingIn(own: readonly Found[], ending: RegExp): Finding {
  return own
    .filter((entry) => near(entry) && ending.test(entry.name) && !NOT_TITLES.has(entry.name))
    .map(({ value }) => toTitle(value))
    .find(Boolean);
}

type ByName = ReadonlyMap<string, readonly Found[]>;

function byName(found: readonly Found[]): ByName {
  return Map.groupBy(found, ({ name }) => name);
}

function near({ above }: Found): boolean {
  return above.length < 3;
}

function notOfPeople({ above }: Found): boolean {
  return !above.some((name) => PEOPLE.includes(name));
}

interface Best {
  readonly cost: number;
  readonly name: string;
  readonly value: string;
}

/** The best-named field at the smallest depth that converts; one level deeper costs a little more than three places in the list. */
function best(
  found: ByName,
  names: readonly string[],
  convert: (value: unknown) => Finding,
  fits: (entry: Found) => boolean = () => true,
): Best | undefined {
  let winner: Best | undefined;
  for (const [rank, name] of names.entries()) {
    for (const entry of found.get(name) ?? []) {
      const cost = rank + entry.above.length * 3.01;
      const value = (!winner || cost < winner.cost) && fits(entry) ? convert(entry.value) : undefined;
      if (value) winner = { cost, name, value };
    }
  }
  return winner;
}

function pick(...search: Parameters<typeof best>): Finding {
  return best(...search)?.value;
}

function pickSubject(found: ByName): Finding {
  const thing = best(found, THINGS, (value) => scalarOf(value, ['key', 'number', 'iid', 'id', 'uuid']));
  const key = thing ? undefined : best(found, KEYS, toTerm);
  return thing ? `${thing.name}:${thing.value}` : key && `${key.name.replace(/(id|key)$/, '')}:${key.value}`;
}

function pickLabels(itself: ByName): About['labels'] {
  const labels = FACTS.flatMap((name) => {
    const value = pick(itself, [name], toTerm, near);
    return value ? [[name, value] as const] : [];
  });
  return labels.length > 0 ? Object.fromEntries(labels) : undefined;
}

/** Over is over, whatever it was; otherwise what is called severe is severe. */
function toSeverity(state: Finding, gravity: Finding): About['severity'] {
  const fromState = severityOf(state);
  return fromState === 'good' ? 'good' : (severityOf(gravity) ?? fromState);
}

function toTitle(value: unknown): Finding {
  if (typeof value !== 'string' || /^https?:\/\/\S+$/.test(value) || /^[[{<]/.test(value)) return undefined;
  return firstLine(value);
}

function toTerm(value: unknown): Finding {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) return String(value);
  return typeof value === 'string' && value.length <= 60 && /\p{L}|\d/u.test(value) ? toLine(value) : undefined;
}

function toUrl(value: unknown): Finding {
  const text = typeof value === 'object' ? scalarOf(value, ['html', 'href', 'web']) : value;
  if (typeof text !== 'string' || text.length > 2000 || !/^https?:\/\/\S+$/i.test(text)) return undefined;
  if (/\.(png|jpe?g|gif|svg|ico|webp)(\?|$)|\.json(\?|$)|\/\/api\.|\/_?apis?\//i.test(text)) return undefined;
  return URL.canParse(text) ? text : undefined;
}

function nameOf(value: unknown): Finding {
  if (typeof value === 'object' && value !== null) {
    const name = scalarOf(value, [
      'full_name',
      'path_with_namespace',
      'login',
      'username',
      'display_name',
      'displayName',
      'name',
      'title',
      'slug',
      'email',
      'summary',
    ]);
    return toTerm(name);
  }
  return typeof value === 'string' && !/^https?:/i.test(value) ? toTerm(value) : undefined;
}

function scalarOf(value: unknown, keys: readonly string[]): Finding {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key of keys) {
    const found: unknown = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    if (typeof found === 'string' ? found !== '' : typeof found === 'number' || typeof found === 'bigint')
      return String(found);
  }
  return undefined;
}
