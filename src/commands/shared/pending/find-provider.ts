import { OptionError } from '../../../core/errors.ts';
import { repeated } from '../../../core/message/markdown/typed-word.ts';
import { findHead, headsOf, type Providers } from '../../../core/provider/heads.ts';
import type { Provider } from '../../../core/provider/provider.ts';
import { didYouMean } from '../../../core/text/nearest.ts';

/** The provider that somebody means by a word. Throws `OptionError` with the nearest name when there is none. */
export async function findProvider(typed: string, providers: Providers): Promise<readonly [string, Provider]> {
  const heads = await headsOf(providers);
  const name = findHead(typed, heads)?.name;
  const provider = name === undefined ? undefined : providers.get(name);
  if (name !== undefined && provider) return [name, provider];
  const known = heads.flatMap((head) => [head.name, ...head.aliases]);
  throw new OptionError(
    'provider',
    `${repeated(typed, { known, otherwise: 'This' })} is not a provider Bellhop knows.${didYouMean(typed.toLowerCase(), known)} \`/webhook providers\` lists those it knows, and \`/webhook new generic\` takes webhooks from anything.`,
    { code: 'unknown_provider', status: 404 },
  );
}
