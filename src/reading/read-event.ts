import { hash } from 'node:crypto';
import { parseDelivery } from '../core/delivery/parse-delivery.ts';
import type { About, Part } from '../core/event/about.ts';
import type { HookEvent } from '../core/event/event.ts';
import { type Severity, severities } from '../core/message/severity.ts';
import type { Happening } from '../core/provider/happening.ts';
import type { AboutReaders, Incoming, Provider } from '../core/provider/provider.ts';
import { noMask, type SecretMask } from '../core/settings/secret-mask.ts';
import { cleanText } from '../core/text/clean-text.ts';
import { maskText } from '../core/text/mask-secrets.ts';
import { cleanEvent } from './clean-event.ts';
import { guessAbout } from './guess-about.ts';
import { hideRepeatedSecrets } from './payload/hide-repeated-secrets.ts';
import { lazily } from './readings/lazily.ts';

/** An event made readable, and what its provider says it is about. */
export interface ReadEvent {
  readonly incoming: Incoming;
  /** Its title is looked for when it is first asked for: most templates say their own. */
  readonly about: About;
  /** The same without the title. */
  readonly parts: Omit<About, 'title'>;
  readonly quiet: string | undefined;
  readonly unfinished: string | undefined;
  readonly happening: Happening | undefined;
}

/** Characters of each part that are kept. */
const LIMITS = { title: 300, url: 2000, part: 500, labelName: 100, label: 200 } as const;
const LABELS = 50;
const KEY_REST = 24;
/** Longer texts are not searched to their end for the beginning of a line. */
const LOOKED_AT = 20_000;

/** Reads an event as it may be shown. A payload of a strange shape is never an error: what a reader cannot find is left out or guessed. */
export function readEvent(event: HookEvent, provider: Provider | undefined, mask: SecretMask = noMask): ReadEvent {
  const clean: Incoming = cleanEvent(event, mask, hideRepeatedSecrets);
  const { handshake, edited } = event.verification;
  if (handshake !== undefined) {
    const title = `${provider?.title ?? event.provider}: a handshake, answered with ${handshake}`;
    const parts = { severity: 'info' } as const;
    return {
      incoming: clean,
      about: { ...parts, title },
      parts,
      quiet: 'it is a handshake, and says nothing',
      unfinished: undefined,
      happening: undefined,
    };
  }
  const shown = provider?.discreet && discreetOf(clean, provider.discreet);
  const incoming: Incoming = shown ? parseDelivery(clean, () => shown.payload) : clean;
  // Its readers see the first event of a list, and what stands for the rest of a batch is many.
  const { about, quiet, unfinished, happening }: Partial<Provider> = event.part?.rest ? {} : (provider ?? {});
  const { title: titleReader, ...readers } = about ?? {};
  const guess = lazily(() => tidyAll(attempt(() => guessAbout(incoming.payload, event.type)) ?? {}));
  const { title: complaint, ...worry } = complain(incoming);
  // A provider that names its title has described all that it knows.
  const { title: _, ...guessed } = titleReader ? {} : guess();
  const secrecy = shown && ({ confidential: true } as const);
  const found = { ...guessed, ...readAll(readers, incoming), ...worry, ...secrecy };
  const parts = edited ? { ...withoutMoments(found), edited } : found;
  const title = lazily(
    () =>
      complaint ??
      readAll({ title: titleReader }, incoming).title ??
      guess().title ??
      `${provider?.title ?? event.provider}: ${event.type}`,
  );
  return {
    incoming,
    about: Object.defineProperty({ ...parts, title: '' }, 'title', { get: title }),
    parts,
    quiet: attempt(() => quiet?.(incoming)),
    unfinished: attempt(() => unfinished?.(incoming)),
    happening: attempt(() => happening?.(incoming)),
  };
}

/** An event as it was read, with a severity that a rule gave it. */
export function withSeverity(read: ReadEvent, severity: Severity): ReadEvent {
  const parts = { ...read.parts, severity };
  const about = Object.defineProperty({ ...parts, title: '' }, 'title', { get: () => read.about.title });
  return { ...read, parts, about };
}

/** It happened when somebody sent it, whatever the event says that it was made of. */
function withoutMoments({ occurredAt: _, sequence: __, ...parts }: Partial<About>): Partial<About> {
  return parts;
}

/** What may be shown of a confidential event. Where that cannot be said, nothing may. */
function discreetOf(
  incoming: Incoming,
  discreet: NonNullable<Provider['discreet']>,
): { readonly payload: unknown } | undefined {
  try {
    const payload = discreet(incoming);
    return payload === undefined ? undefined : { payload };
  } catch {
    return { payload: {} };
  }
}

/** How data begins, and hardly any text. */
const DATA = /^[\s\uFFFD]*(?:\{\s*["'}]|\{\s*$|\[\s*[[{"'\d\]]|\[\s*$|<[?!\w/])/;

/** What is said in place of a title where the body is not what it claims to be, and looks like nothing people read. */
function complain({ payload, problem }: Incoming): Partial<About> {
  const legible = typeof payload === 'object' || (typeof payload === 'string' && !DATA.test(payload));
  return problem === undefined || legible ? {} : { title: problem.replace(/\.$/, ''), severity: 'warning' };
}

function readAll(
  readers: { readonly [Part in keyof About]?: AboutReaders[Part] | undefined },
  incoming: Incoming,
): Partial<About> {
  const found = Object.entries(readers).map(([part, read]) => [part, attempt(() => read?.(incoming))]);
  return tidyAll(Object.fromEntries(found));
}

/** What comes from a payload is kept short enough to be listed, searched and matched, and without secrets that somebody pasted into it. */
function tidyAll(found: { readonly [Part in keyof About]?: unknown }): Partial<About> {
  const parts = Object.entries(found).map(([part, value]) => [part, tidy(part, value)] as const);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

function tidy(part: string, value: unknown): About[keyof About] {
  if (part === 'severity') return severities.find((severity) => severity === value);
  if (part === 'labels') return tidyLabels(value);
  if (part === 'part') return tidyPart(value ?? {});
  if (typeof value !== 'string') return undefined;
  if (part === 'url') return value.length <= LIMITS.url && /^https?:\/\/\S+$/i.test(value) ? value : undefined;
  if (part === 'occurredAt') return toMoment(value);
  if (part === 'sequence') return /^\d{1,30}$/.test(value) ? value : undefined;
  if (part === 'subject' && value.length > LIMITS.part) return toShortKey(value);
  return toLine(value, part === 'title' ? LIMITS.title : LIMITS.part) || undefined;
}

/** Two keys that begin alike are not the same, so what is cut off still tells them apart. */
function toShortKey(key: string): string {
  const rest = hash('sha256', key).slice(0, KEY_REST);
  return `${toLine(key, LIMITS.part - KEY_REST - 1)}…${rest}`;
}

function tidyLabels(value: unknown): About['labels'] {
  if (typeof value !== 'object' || value === null) return undefined;
  const labels = Object.entries(value)
    .filter(([, text]) => ['string', 'number', 'bigint', 'boolean'].includes(typeof text))
    .slice(0, LABELS)
    .map(([name, text]) => [toLine(name, LIMITS.labelName), toLine(String(text), LIMITS.label)] as const)
    .filter(([name, text]) => name && text);
  return labels.length > 0 ? Object.fromEntries(labels) : undefined;
}

function tidyPart({ name, state, took }: Partial<Part>): Part | undefined {
  const [line, word] = [toLine(String(name ?? ''), LIMITS.label), toLine(String(state ?? ''), LIMITS.label)];
  if (!line) return undefined;
  const isTime = took !== undefined && Number.isFinite(took) && took >= 0;
  return { name: line, ...(word && { state: word }), ...(isTime && { took }) };
}

function toLine(text: string, limit: number): string {
  const line = cleanText(text.slice(0, LOOKED_AT)).replace(/\s+/g, ' ').trim();
  return maskText(line).slice(0, limit).toWellFormed();
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
