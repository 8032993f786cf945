import type { About } from '../core/event/about.ts';
import type { HookEvent } from '../core/event/event.ts';
import { severities } from '../core/message/severity.ts';
import type { Incoming, Provider } from '../core/provider/provider.ts';
import { noMask, type SecretMask } from '../core/settings/secret-mask.ts';
import { maskText } from '../core/text/mask-secrets.ts';
import { cleanEvent } from './clean-event.ts';
import { guessAbout } from './guess-about.ts';

/** An event made readable, and what its provider says it is about. */
export interface ReadEvent {
  readonly incoming: Incoming;
  readonly about: About;
  readonly quiet: string | undefined;
}

const TITLE_LIMIT = 300;
const PART_LIMIT = 500;
/** Longer texts are not searched to their end for the beginning of a line. */
const LOOKED_AT = 20_000;

/** Reads an event as it may be shown. A payload of a strange shape is never an error: what a reader cannot find is left out or guessed. */
export function readEvent(event: HookEvent, provider: Provider | undefined, mask: SecretMask = noMask): ReadEvent {
  const incoming: Incoming = cleanEvent(event, mask);
  const read = { ...(provider ? readAbout(incoming, provider) : {}), ...complaint(incoming) };
  const about = read.title
    ? { ...read, title: read.title }
    : { ...attempt(() => guessAbout(incoming.payload, event.type)), ...read };
  return {
    incoming,
    about: { ...about, title: about.title || `${provider?.title ?? event.provider}: ${event.type}` },
    quiet: attempt(() => provider?.quiet?.(incoming)),
  };
}

/** How data begins, and hardly any text. */
const DATA = /^[\s\uFFFD]*(?:\{\s*["'}]|\{\s*$|\[\s*[[{"'\d\]]|\[\s*$|<[?!\w/])/;

/** What is said in place of a title where the body is not what it claims to be, and looks like nothing people read. */
function complaint({ payload, problem }: Incoming): Partial<About> {
  const legible = typeof payload === 'object' || (typeof payload === 'string' && !DATA.test(payload));
  return problem === undefined || legible ? {} : { title: problem.replace(/\.$/, ''), severity: 'warning' };
}

function readAbout(incoming: Incoming, { about: readers }: Provider): Partial<About> {
  const found: Record<string, unknown> = {};
  for (const part in readers) {
    const reader = readers[part as keyof About];
    const value = attempt(() => reader?.(incoming));
    const kept = value === undefined ? undefined : tidy(part as keyof About, value);
    if (kept !== undefined) found[part] = kept;
  }
  return found;
}

/** What comes from a payload is kept short enough to be listed, searched and matched, and without secrets that somebody pasted into it. */
function tidy(part: keyof About, value: NonNullable<About[keyof About]>): About[keyof About] {
  if (part === 'severity') return severities.find((severity) => severity === value);
  if (part === 'labels') return typeof value === 'object' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (part === 'url') return /^https?:\/\/\S+$/.test(value) && value.length <= 2000 ? value : undefined;
  if (part === 'occurredAt') return toMoment(value);
  const line = value.slice(0, LOOKED_AT).replace(/\s+/g, ' ').trim();
  return (
    maskText(line)
      .slice(0, part === 'title' ? TITLE_LIMIT : PART_LIMIT)
      .toWellFormed() || undefined
  );
}

function toMoment(text: string): string | undefined {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** A reader that meets a shape it did not expect finds nothing. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
