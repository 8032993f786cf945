import { useRef } from 'preact/hooks';
import { request } from '../api/request.ts';
import type { Gallery as Content, GallerySample } from '../api/shapes.ts';
import { drawn } from '../draw/drawn.ts';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { useResource } from '../kit/use-resource.ts';
import { goTo } from '../use-route.ts';
import { SampleCard } from './sample-card.tsx';

/** Every template's sample, as Slack, Discord and a phone would show it. */
export function Gallery({ provider }: { readonly provider: string | undefined }) {
  const { content, problem, reload } = useResource(`gallery ${provider ?? ''}`, (signal) =>
    drawn(request<Content>('/gallery', { query: { provider }, signal })),
  );
  // The filter stays, with the focus in it, while other samples are on their way.
  const providers = useRef<Content['providers']>([]);
  providers.current = content?.providers ?? providers.current;
  return (
    <section class="page gallery" aria-labelledby="gallery-title">
      <header class="page-head">
        <h1 id="gallery-title">Gallery of messages</h1>
        <p class="hint" role="status">
          {content && countOf(content.samples.length)}
        </p>
      </header>
      {providers.current.length > 0 && <ProviderFilter provider={provider} providers={providers.current} />}
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={6} label="Loading the gallery" />}
      {content?.providers.map(({ name, title }) => {
        const samples = content.samples.filter((sample) => sample.provider === name);
        return samples.length > 0 && <ProviderSamples key={name} name={name} title={title} samples={samples} />;
      })}
    </section>
  );
}

interface ProviderFilterProps extends Pick<Content, 'providers'> {
  readonly provider: string | undefined;
}

function ProviderFilter({ provider, providers }: ProviderFilterProps) {
  return (
    <search class="gallery-filter">
      <label>
        Provider
        <select
          value={provider ?? ''}
          onChange={({ currentTarget }) => goTo({ view: 'gallery', provider: currentTarget.value || undefined })}
        >
          <option value="">All providers</option>
          {providers.map(({ name, title, samples }) => (
            <option key={name} value={name}>
              {title} ({samples})
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}

interface ProviderSamplesProps {
  readonly name: string;
  readonly title: string;
  readonly samples: readonly GallerySample[];
}

function ProviderSamples({ name, title, samples }: ProviderSamplesProps) {
  return (
    <section aria-labelledby={`gallery-${name}`}>
      <h2 id={`gallery-${name}`}>{title}</h2>
      {samples.map((sample) => (
        <SampleCard key={sample.sample} sample={sample} />
      ))}
    </section>
  );
}

function countOf(samples: number): string {
  return samples === 1 ? '1 sample' : `${samples} samples`;
}
