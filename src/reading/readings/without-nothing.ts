import type { About } from '../../core/event/about.ts';
import { maskText } from '../../core/text/mask-secrets.ts';

/** An about of those parts that were found, without secrets. */
export function withoutNothing(
  parts: { readonly [Part in keyof About]: About[Part] | undefined } & { readonly title: string },
): About {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(
      given.map(([part, value]) => [part, typeof value === 'string' && part !== 'url' ? maskText(value) : value]),
    ),
    title: maskText(parts.title),
  };
}
