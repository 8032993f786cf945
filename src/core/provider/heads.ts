import type { Provider } from './provider.ts';

/** What a list shows of a provider, and what people may call it. */
export interface ProviderHead {
  readonly name: string;
  readonly title: string;
  readonly aliases: readonly string[];
}

/** All providers by name. Each is loaded when it is first asked for, so that asking for all of them is best left out. */
export interface Providers extends ReadonlyMap<string, Provider> {
  /** Every provider's head, without loading it. */
  readonly heads?: () => Promise<readonly ProviderHead[]>;
}

/** The heads of all providers, in the order of their names. */
export async function headsOf(providers: Providers): Promise<readonly ProviderHead[]> {
  if (providers.heads) return providers.heads();
  return Array.from(providers, ([name, { title, aliases = [] }]) => ({ name, title, aliases }));
}

/** The provider that somebody means by a word: its name, its title, or another name for it, however they spell it. */
export function findHead(typed: string, heads: readonly ProviderHead[]): ProviderHead | undefined {
  const word = spelled(typed);
  return (
    heads.find(({ name }) => name === word) ??
    heads.find(({ aliases }) => aliases.includes(word)) ??
    heads.find(({ title }) => spelled(title) === word)
  );
}

function spelled(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
