import { remember } from '../../core/remember.ts';
import { COMPOUND_STARTS } from '../vocabulary.ts';

const KEY_LIMIT = 80;
const COMPOUND =
  /^([a-z]{2,20}?)(name|title|url|link|status|state|type|id|number|key|time|date|reason|message|event|count|code|result|action)$/;
/** Words that only look put together. */
const WHOLE = new Set(
  'username hostname filename nickname surname timestamp hyperlink permalink realtime runtime uptime downtime datetime'.split(
    ' ',
  ),
);

/**
 * A field's name in lower case with `_` between its words, however its sender wrote it: `monitorURL`, `MONITOR_URL`,
 * `monitor-url`, `@monitorUrl` and `MONITORURL` are all `monitor_url`. Senders use the same few names for ever, so they are remembered.
 */
export const plainName = remember(5_000, (key) => {
  const name = key
    .slice(0, KEY_LIMIT)
    .replace(/^[@$#_\s]+|^[\w-]{1,40}:(?=[\w@])/g, '')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  const [, start = '', end = ''] = (!name.includes('_') && !WHOLE.has(name) && COMPOUND.exec(name)) || [];
  return SHORT.get(name) ?? (COMPOUND_STARTS.has(start) ? `${start}_${end}` : name);
});

/** Names that everybody shortens alike. */
const SHORT = new Map([
  ['pr', 'pull_request'],
  ['mr', 'merge_request'],
]);

/** What a list's name calls one of its items: `alerts` is `alert`. */
export function singular(name: string): string {
  if (/(?:ss|us|is)$/.test(name) || name.length < 4) return name;
  return name
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|x|ss)es$/, '$1')
    .replace(/(?<!s)s$/, '');
}

/** The last word of a name, which says what kind of value it is. */
export function headOf(name: string): string {
  return name.slice(name.lastIndexOf('_') + 1);
}

/** A name without its last word; empty where it has only one. */
export function qualifierOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('_')));
}

const ACRONYMS =
  /\b(?:api|ci|cpu|css|cve|db|dns|ec2|eta|html|http|https|id|io|ip|jvm|os|pdf|pr|qa|ram|sha|sla|sms|sql|ssh|ssl|tls|ui|url|uuid|vm|vpn|xml)\b/g;

/** A name as people write it within a sentence. */
export function spoken(name: string): string {
  return name.replaceAll('_', ' ').replace(ACRONYMS, (word) => word.toUpperCase());
}

/** The same as the first words of a line. */
export function spokenLabel(name: string): string {
  return spoken(name).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
