import { quoteWord } from '../../../core/command/tokenize.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../../../core/message/message.ts';
import type { FoundScheme, SchemeFinding, SeenProof, Twist } from '../../../core/provider/scheme/find-scheme.ts';
import { OWN_SCHEME, schemeDefaults } from '../../../core/provider/scheme/scheme-axes.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { describeDuration, MINUTE } from '../../../core/text/duration.ts';
import type { OwnedSecret } from './owned-secrets.ts';

type Options = Readonly<Record<string, string>>;

/** Options as they would be typed. */
export function toTyped(options: Options): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${quoteWord(value)}`)
    .join(' ');
}

/** Whether two ways of setting an endpoint are the same. */
export function isSameScheme(a: Way, b: Way): boolean {
  return a.provider === b.provider && differences(a, b).length === 0;
}

type Way = Pick<FoundScheme, 'provider' | 'options'>;

/** The options in which two ways of setting the same provider differ; what is left out is what it is then. */
function differences({ provider, options: before }: Way, { options: after }: Way): readonly string[] {
  const usual: Options = provider === OWN_SCHEME ? schemeDefaults : {};
  const valueIn = (options: Options, name: string) => options[name] ?? usual[name];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => valueIn(before, name) !== valueIn(after, name) && !['type', 'id'].includes(name),
  );
}

/** How a scheme signs, in one sentence. */
export function describeScheme({
  provider,
  title,
  options,
}: Pick<FoundScheme, 'provider' | 'title' | 'options'>): Markdown {
  if (provider === OWN_SCHEME) return `It is signed by this scheme: ${inlineCode(toTyped(options))}.`;
  const set = Object.keys(options).length ? `, set with ${inlineCode(toTyped(options))}` : '';
  return `It is signed as **${escapeMarkdown(title)}** signs${set}.`;
}

/** Whose the secret is that matched. */
export function describeSecret(
  secret: OwnedSecret | undefined,
  endpoint: Pick<Endpoint, 'id' | 'name'> | undefined,
): Markdown {
  if (!secret) return 'The sender publishes its key, so no secret is needed.';
  if (!secret.endpoint) return 'The secret you gave signed it.';
  if (secret.endpoint.id === endpoint?.id) return `The secret of ${inlineCode(secret.endpoint.name)} signed it.`;
  return `It is signed by another secret of yours: that of ${inlineCode(secret.endpoint.name)}.`;
}

/** What the endpoint has set otherwise, where its secret is the right one. */
export function describeDifference(
  endpoint: Endpoint,
  { provider, options }: FoundScheme,
  kind: string | undefined,
): Markdown | undefined {
  if (endpoint.provider === provider) {
    const names = differences(endpoint, { provider, options });
    if (names.length === 0) return undefined;
    if (names.length === 1 && names[0] === 'encoding')
      return `Right key, wrong encoding: it is written in ${inlineCode(options.encoding ?? 'hex')}.`;
    const each = names.map(
      (name) => `${inlineCode(name)} is ${written(options[name])}, not ${written(endpoint.options[name])}`,
    );
    return `Right key, and another scheme: ${each.join('; ')}.`;
  }
  if (provider !== OWN_SCHEME) return undefined;
  const isTimed = kind !== undefined && /time|Standard Webhooks/.test(kind);
  if (isTimed && !(options.message ?? '').includes('{time}'))
    return 'Right key: the hash of the body matches without the timestamp.';
  return undefined;
}

function written(value: string | undefined): Markdown {
  return value === undefined ? 'what it is when left out' : inlineCode(value);
}

/** What would make a delivery good that is not quite. */
export function describeTwist(twist: Twist): Markdown {
  return TWISTS[twist];
}

const TWISTS: Readonly<Record<Twist, Markdown>> = {
  'blank-after': 'The secret has a blank at its end where the sender has it. Remove the blank there.',
  'newline-after':
    'The secret has a line break at its end where the sender has it, as `echo` adds one. Remove it there.',
  'blank-before': 'The secret has a blank before it where the sender has it. Remove the blank there.',
  quoted: 'The secret stands in quotation marks where the sender has it. Remove them there.',
  'upper-case': 'The secret is written in capitals where the sender has it. Give both the same one.',
  'lower-case': 'The secret is written in small letters where the sender has it. Give both the same one.',
  'body-compact':
    'The signature fits the body without the blanks in it: something between the sender and Bellhop writes the JSON anew, or the sender signs another text than it sends.',
  'body-without-newline':
    'The signature fits the body without the line break at its end: something on its way added one.',
  'body-with-newline': 'The signature fits the body with a line break at its end: something on its way removed it.',
};

/** That only the clock is wrong, and by how much. */
export function describeClock(off: number): Markdown {
  const minutes = Math.max(1, Math.round(Math.abs(off) / 60));
  const distance = describeDuration(minutes * MINUTE);
  return off > 0
    ? `Secret and scheme are right. It was signed ${distance} before it arrived: unless it was held up on its way, the sender’s clock or ours is ${distance} off.`
    : `Secret and scheme are right. It was signed ${distance} in the future: the sender’s clock or ours is ${distance} off.`;
}

/** What a delivery shows of its signature where no secret matched. */
export function describeUnmatched({ alike, proofs, complete }: SchemeFinding, secrets: number): Markdown {
  const [first, ...more] = alike;
  const others = more.filter(({ likeness }) => first && likeness > first.likeness - 1).slice(0, 3);
  const lines = [
    secrets === 0
      ? 'There is no secret to try: give the one that the sender signs with.'
      : secrets === 1
        ? 'The only secret that could be tried did not sign it.'
        : `None of the ${secrets} secrets that could be tried signed it.`,
    first &&
      `It looks like a delivery of **${escapeMarkdown(first.title)}**${others.length ? `, or ${others.map(({ title }) => escapeMarkdown(title)).join(', ')}` : ''}, signed with another secret.`,
    ...proofs.map(describeProof),
    proofs.length === 0 &&
      !first &&
      'Nothing in it looks like a signature: check at the sender that signing is enabled.',
    !complete && 'The delivery is large, so only the likeliest texts were tried.',
  ];
  return lines.filter((line) => line).join('\n');
}

function describeProof({ where, what, plain }: SeenProof): Markdown {
  const [, name = '', rest = ''] = /^(?:the )?`(.+)`(.*)$/.exec(where) ?? [];
  return plain
    ? `- ${inlineCode(name)}${escapeMarkdown(rest)} holds the plain hash of the body, which anybody can make: it proves nothing`
    : `- ${inlineCode(name)}${escapeMarkdown(rest)} holds what may be ${escapeMarkdown(what)}`;
}
