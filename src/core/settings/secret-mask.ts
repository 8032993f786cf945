import { MASK } from '../text/mask-secrets.ts';
import { createTextFinder, type TextFinder } from '../text/text-finder.ts';
import type { Endpoint } from './endpoint.ts';
import type { SettingsStore } from './settings.ts';

/** Hides our own secrets wherever they stand: the tokens of all endpoints' URLs, their signing secrets, and what else is given. */
export interface SecretMask {
  text(text: string): string;
  /** The same payload where it holds none. */
  payload(payload: unknown): unknown;
  /** The same bytes where they hold none. */
  bytes(body: Buffer): Buffer;
}

/** Shorter secrets are hidden only where they stand alone, and not at all where they are a word that messages need. */
const ALWAYS_FROM = 20;
const WORD = /^\p{Lu}?\p{Ll}+$|^\p{Lu}+$/u;
const SHORTEST = 6;
/** The mark in bytes that are read as Latin-1. */
const MASK_IN_BYTES = Buffer.from(MASK).toString('latin1');

/** Hides nothing: for what holds no secret of ours, such as a sample. */
export const noMask: SecretMask = { text: (text) => text, payload: (payload) => payload, bytes: (body) => body };

/** A mask that follows the settings. `more` are secrets that the settings do not hold. */
export function createSecretMask(settings: Pick<SettingsStore, 'current'>, more: readonly string[] = []): SecretMask {
  let known: ({ readonly endpoints: readonly Endpoint[] } & Finders) | undefined;
  const current = (): Finders => {
    const { endpoints } = settings.current;
    if (known?.endpoints !== endpoints) known = { endpoints, ...toFinders(endpoints, more) };
    return known;
  };
  const hide = (text: string) => hideAll(text, current().texts, MASK);

  return {
    text: hide,
    payload: (payload) => hideIn(payload, current().texts),
    bytes(body) {
      const text = body.toString('latin1');
      const clean = hideAll(text, current().bytes, MASK_IN_BYTES);
      return clean === text ? body : Buffer.from(clean, 'latin1');
    },
  };
}

interface Finders {
  readonly texts: TextFinder;
  /** For bytes read as Latin-1, one character each. */
  readonly bytes: TextFinder;
}

function toFinders(endpoints: readonly Endpoint[], more: readonly string[]): Finders {
  const values = [
    ...endpoints.flatMap(({ token, secrets, apiToken }) => [
      token,
      ...(apiToken === undefined ? [] : [apiToken]),
      ...secrets.map(({ value }) => value),
    ]),
    ...more,
  ];
  const texts = values.filter(isHidden).flatMap(toSpellings);
  return {
    texts: createTextFinder(texts),
    bytes: createTextFinder(texts.map((text) => Buffer.from(text).toString('latin1'))),
  };
}

function isHidden(secret: string): boolean {
  return secret.length >= ALWAYS_FROM || (secret.length >= SHORTEST && !WORD.test(secret));
}

/** How addresses, JSON and markup write a text. */
function toSpellings(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const encoded = encodeURIComponent(text.toWellFormed());
  return [
    text,
    json,
    json.replaceAll('/', '\\/'),
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    text.replace(/[&<>"']/g, (character) => MARKUP[character] ?? character),
  ];
}

const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function hideAll(text: string, finder: TextFinder, mark: string): string {
  let [clean, done, from] = ['', 0, 0];
  for (let found = finder.next(text, from); found; found = finder.next(text, from)) {
    const { start, end } = found;
    if (end - start < ALWAYS_FROM && !standsAlone(text, start, end)) {
      from = start + 1;
      continue;
    }
    clean += text.slice(done, start) + mark;
    done = from = end;
  }
  return done ? clean + text.slice(done) : text;
}

function standsAlone(text: string, start: number, end: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text.charAt(start - 1)) && !/[\p{L}\p{N}]/u.test(text.charAt(end));
}

/** A payload with its texts and names cleaned. What holds nothing to hide is not copied. */
function hideIn(value: unknown, finder: TextFinder): unknown {
  if (typeof value === 'string') return value.length < finder.shortest ? value : hideAll(value, finder, MASK);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return hideInList(value, finder);
  const branch = value as Readonly<Record<string, unknown>>;
  let copy: Record<string, unknown> | undefined;
  for (const name in branch) {
    const child = branch[name];
    const clean = hideIn(child, finder);
    const cleanName = name.length < finder.shortest ? name : hideAll(name, finder, MASK);
    if (clean === child && cleanName === name) continue;
    copy ??= { ...branch };
    if (cleanName !== name) delete copy[name];
    copy[cleanName] = clean;
  }
  return copy ?? value;
}

function hideInList(list: readonly unknown[], finder: TextFinder): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of list.entries()) {
    const clean = hideIn(item, finder);
    if (clean === item) continue;
    copy ??= [...list];
    copy[index] = clean;
  }
  return copy ?? list;
}
