import type { Twist } from '../../core/provider/scheme/find-scheme.ts';

export interface TwistedSecret {
  readonly twist: Twist;
  readonly value: string;
}

/** What a secret may have become on its way from one form into another. */
export function secretTwists(secret: string): readonly TwistedSecret[] {
  const all: readonly TwistedSecret[] = [
    { twist: 'blank-after', value: `${secret} ` },
    { twist: 'newline-after', value: `${secret}\n` },
    { twist: 'blank-before', value: ` ${secret}` },
    { twist: 'quoted', value: `"${secret}"` },
    { twist: 'upper-case', value: secret.toUpperCase() },
    { twist: 'lower-case', value: secret.toLowerCase() },
  ];
  return all.filter(({ value }) => value !== secret);
}

/** What a body may have been before something on its way changed it. */
export function bodyTwists(body: Buffer): readonly { readonly twist: Twist; readonly body: Buffer }[] {
  const text = body.toString();
  const compact = compacted(text);
  return [
    ...(compact !== undefined && compact !== text
      ? [{ twist: 'body-compact' as const, body: Buffer.from(compact) }]
      : []),
    ...(text.endsWith('\n')
      ? [{ twist: 'body-without-newline' as const, body: Buffer.from(text.replace(/\r?\n$/, '')) }]
      : [{ twist: 'body-with-newline' as const, body: Buffer.concat([body, Buffer.from('\n')]) }]),
  ];
}

function compacted(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    // What is not JSON cannot have been written in another way.
    return undefined;
  }
}
