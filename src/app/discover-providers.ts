import type { ProviderHead, Providers } from '../core/provider/heads.ts';
import type { Provider } from '../core/provider/provider.ts';
import { discoverLazily, readModules } from './discover-lazily.ts';

/**
 * Finds the providers in their folder. An installation hears of a few of the hundreds, and loads no others: a list of all
 * reads their titles from their files.
 */
export async function discoverProviders(folder: string): Promise<Providers> {
  const providers = await discoverLazily<Provider>(folder);
  let heads: Promise<readonly ProviderHead[]> | undefined;
  return {
    ...providers,
    heads() {
      heads ??= readModules(folder).then((modules) => Array.from(modules, ([name, source]) => toHead(name, source)));
      return heads;
    },
  };
}

const TITLE = /^ {2}title: (['"])(.*)\1,$/m;
const ALIASES = /^ {2}aliases: \[([^\]]*)\],$/m;

/** A test holds this to what the modules export. */
function toHead(name: string, source: string): ProviderHead {
  const [, aliases = ''] = ALIASES.exec(source) ?? [];
  return {
    name,
    title: TITLE.exec(source)?.[2] ?? name,
    aliases: Array.from(aliases.matchAll(/'([^']+)'/g), ([, alias = '']) => alias),
  };
}
