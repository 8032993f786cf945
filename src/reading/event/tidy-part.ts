import { hash } from 'node:crypto';
import type { About, Part } from '../../core/event/about.ts';
import { severities } from '../../core/message/severity.ts';
import { cleanText } from '../../core/text/clean-text.ts';
import { maskText } from '../../core/text/mask-secrets.ts';

/** Characters of each part that are kept. */
const LIMITS = { title: 300, url: 2000, part: 500, labelName: 100, label: 200 } as const;
const LABELS = 50;
const KEY_REST = 24;
/** Longer texts are not searched to their end for the beginning of a line. */
const LOOKED_AT = 20_000;

/** A part of an about as it is kept: short enough to be listed, searched and matched, and without secrets that somebody pasted into it. */
export function tidyPart(name: string, value: unknown): About[keyof About] {
  if (name === 'severity') return severities.find((severity) => severity === value);
  if (name === 'labels') return tidyLabels(value);
  if (name === 'part') return tidyOwn(value ?? {});
  if (typeof value !== 'string') return undefined;
  if (name === 'url') return value.length <= LIMITS.url && /^https?:\/\/\S+$/i.test(value) ? value : undefined;
  if (name === 'occurredAt') return toMoment(value);
  if (name === 'sequence') return /^\d{1,30}$/.test(value) ? value : undefined;
  if (name === 'subject' && value.length > LIMITS.part) return toShortKey(value);
  return toLine(value, name === 'title' ? LIMITS.title : LIMITS.part) || undefined;
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

function tidyOwn({ name, state, took }: Partial<Part>): Part | undefined {
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
