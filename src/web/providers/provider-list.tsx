import { useEffect, useState } from 'preact/hooks';
import { request } from '../api/request.ts';
import type { ProviderEntry } from '../api/shapes.ts';
import { Empty, Example } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { useResource } from '../kit/use-resource.ts';
import { toHash } from '../route.ts';
import { goTo } from '../use-route.ts';
import { ProviderView } from './provider-view.tsx';

export interface ProviderListProps {
  /** A part of a name. */
  readonly word: string | undefined;
  /** The one that is shown whole. */
  readonly name: string | undefined;
  readonly onPick: (text: string) => void;
}

/** Milliseconds of rest before the address follows what is typed. */
const REST = 250;

/** The senders that Bellhop knows, how sure it is of each, and how each is set up. */
export function ProviderList({ word = '', name, onPick }: ProviderListProps) {
  const { content, problem, reload } = useResource('providers', (signal) =>
    request<{ readonly providers: readonly ProviderEntry[] }>('/providers', { signal }),
  );
  const [typed, setTyped] = useState(word);
  useEffect(() => setTyped(word), [word]);
  useEffect(() => {
    if (typed === word) return;
    const timer = setTimeout(() => goTo({ view: 'providers', word: typed || undefined, name: undefined }), REST);
    return () => clearTimeout(timer);
    // Somebody may open a provider before the address has followed.
  }, [typed, word]);
  const shown = content?.providers.filter((provider) => matches(provider, typed.trim().toLowerCase()));

  return (
    <section class="page providers" aria-labelledby="providers-title">
      <header class="page-head">
        <h1 id="providers-title">Providers</h1>
        <p class="hint" role="status">
          {shown && countOf(shown.length)}
        </p>
      </header>
      <search class="filters">
        <input
          type="search"
          aria-label="Search providers"
          placeholder="GitHub, pay, calendar…"
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </search>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={8} label="Loading providers" />}
      {name && <ProviderView key={name} name={name} onPick={onPick} />}
      {shown?.length === 0 && (
        <Empty title="No provider has that in its name">
          <p>You can still make an endpoint for it; Bellhop suggests the provider from the first delivery:</p>
          <p class="examples">
            <Example text="/webhook new in #ops" onPick={onPick} />
          </p>
        </Empty>
      )}
      {shown && shown.length > 0 && (
        <ul class="rows" aria-label="Providers">
          {shown.map((provider) => (
            <li key={provider.name}>
              <a
                class="row"
                href={toHash({ view: 'providers', word: typed || undefined, name: provider.name })}
                aria-current={provider.name === name ? 'true' : undefined}
              >
                <span class="row-title">{provider.title}</span>
                <span class="row-detail">{describe(provider)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function matches({ name, title, aliases }: ProviderEntry, word: string): boolean {
  return [name, title, ...aliases].some((text) => text.toLowerCase().includes(word));
}

function describe({ signature, evidence, handshake, samples }: ProviderEntry): string {
  return [
    signature,
    ...(evidence === 'community' ? ['known from others who receive it'] : []),
    ...(handshake ? ['handshake'] : []),
    ...(samples ? ['designed messages'] : []),
  ].join(' · ');
}

function countOf(providers: number): string {
  return providers === 1 ? '1 provider' : `${providers} providers`;
}
