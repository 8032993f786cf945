import type { ShortForm, TypedConditions } from '../../core/command/desks/rule-desk.ts';
import { OptionError } from '../../core/errors.ts';
import { severities } from '../../core/message/severity.ts';
import { didYouMean } from '../../core/text/nearest.ts';
import { matchesAny, quote } from './cel-text.ts';

/** Words that people use for a severity of ours. */
const ALSO: Readonly<Record<string, (typeof severities)[number]>> = {
  error: 'critical',
  fatal: 'critical',
  warn: 'warning',
  ok: 'good',
  success: 'good',
};
/** From the least to the most severe: what went well is no more severe than what is merely said. */
const RANKS = { info: 0, good: 0, warning: 1, critical: 2 } as const;

type Check = (typed: string, field: string) => string;

/** One condition in CEL that says all that was typed, and was checked; nothing where nothing was typed. */
export function toConditionText(typed: TypedConditions, check: Check): string | undefined {
  const own = typed.filter === undefined ? [] : [check(typed.filter, 'filter')];
  const short = FORMS.flatMap(([form, toText]) => {
    const value = typed[form];
    return value === undefined ? [] : [check(toText(value), form)];
  });
  const all = [...own, ...short];
  if (all.length < 2) return all[0];
  return check(
    all.map((text) => (text.includes('||') || text.includes('?') ? `(${text})` : text)).join(' && '),
    'filter',
  );
}

const FORMS: readonly (readonly [ShortForm, (value: string) => string])[] = [
  ['only', (value) => matchesAny('type', listOf('only', value))],
  ['not', toNot],
  ['severity', toSeverity],
  ['branch', (value) => where('branch', value, toBranch)],
  ['path', (value) => where('path', value, toPath)],
  ['label', (value) => where('label', value, toLabel)],
];

/** `=a,b` or `!=a,b`. */
function where(form: string, value: string, toText: (names: readonly string[], wanted: boolean) => string): string {
  const [, operator = '', rest = ''] = /^(!=|>=|<=|=|)([\s\S]*)$/.exec(value) ?? [];
  if (operator === '>=' || operator === '<=')
    throw new OptionError(form, `A ${form} has no order. Write \`${form}=…\` or \`${form}!=…\`.`);
  return toText(listOf(form, rest), operator !== '!=');
}

function listOf(form: string, value: string): readonly string[] {
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length) return names;
  throw new OptionError(form, `\`${form}\` names nothing. Write it like \`${form}=${EXAMPLES[form] ?? '…'}\`.`);
}

const EXAMPLES: Readonly<Record<string, string>> = {
  only: 'push,release',
  not: 'actor:*[bot]',
  severity: 'critical',
  branch: 'main,release/*',
  path: 'services/api/**',
  label: 'urgent',
};

/** An event that is about no branch passes: what is not asked about is not lost. */
function toBranch(names: readonly string[], wanted: boolean): string {
  return wanted ? matchesAny('about.branch', ['', ...names]) : `!(${matchesAny('about.branch', names)})`;
}

/** An event that names no files passes. */
function toPath(names: readonly string[], wanted: boolean): string {
  const fits = matchesAny(
    'p',
    names.map((name) => name.replace(/^\*\*\//, '*').replace(/\*+/g, '*')),
  );
  return wanted
    ? `size(about.paths) == 0 || about.paths.exists(p, ${fits})`
    : `size(about.paths) == 0 || about.paths.exists(p, !(${fits}))`;
}

function toLabel(names: readonly string[], wanted: boolean): string {
  const [only = ''] = names;
  const isPlain = names.length === 1 && !only.includes('*');
  const fits = isPlain ? `${quote(only)} in about.tags` : `about.tags.exists(t, ${matchesAny('t', names)})`;
  return wanted ? fits : `!(${fits})`;
}

function toSeverity(value: string): string {
  const [, operator = '=', rest = ''] = /^(!=|>=|<=|=|)([\s\S]*)$/.exec(value) ?? [];
  const named = listOf('severity', rest).map(toKnown);
  const [first = 'info'] = named;
  if ((operator === '>=' || operator === '<=') && named.length > 1)
    throw new OptionError(
      'severity',
      `\`severity${operator}\` takes one severity, such as \`severity${operator}warning\`.`,
    );
  const fits = severities.filter((severity) => {
    if (operator === '>=') return RANKS[severity] >= RANKS[first];
    if (operator === '<=') return RANKS[severity] <= RANKS[first];
    return named.includes(severity) !== (operator === '!=');
  });
  return matchesAny('about.severity', fits);
}

function toKnown(typed: string): (typeof severities)[number] {
  const word = typed.toLowerCase();
  const found =
    severities.find((severity) => severity === word) ?? (Object.hasOwn(ALSO, word) ? ALSO[word] : undefined);
  if (found) return found;
  throw new OptionError(
    'severity',
    `There is no severity \`${typed.replaceAll('`', '').slice(0, 40)}\`. It can be ${severities.map((name) => `\`${name}\``).join(', ')}.${didYouMean(word, severities)}`,
  );
}

const PARTS: Readonly<Record<string, string>> = {
  actor: 'about.actor',
  source: 'about.source',
  state: 'about.state',
  subject: 'about.subject',
  title: 'about.title',
  branch: 'about.branch',
  severity: 'about.severity',
  environment: 'about.environment',
  type: 'type',
};

/** `actor:*[bot],type:push`: what has one of these does not pass. */
function toNot(value: string): string {
  const byPart = Map.groupBy(listOf('not', value), (named) => /^([a-z]+):/i.exec(named)?.[1]?.toLowerCase() ?? 'type');
  const tests = [...byPart].map(([part, named]) => {
    const patterns = named.map((text) => text.replace(/^[a-z]+:/i, ''));
    if (part === 'label') return toLabel(patterns, true);
    const field = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
    if (field) return matchesAny(field, patterns);
    const known = [...Object.keys(PARTS), 'label'];
    throw new OptionError(
      'not',
      `\`not\` has no part \`${part.slice(0, 40)}\`. Write it like \`not=actor:*[bot]\`, with one of ${known.join(', ')}.${didYouMean(part, known)}`,
    );
  });
  return `!(${tests.join(' || ')})`;
}
