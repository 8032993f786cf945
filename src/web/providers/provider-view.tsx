import { useEffect, useRef } from 'preact/hooks';
import { request } from '../api/request.ts';
import type { ProviderDetail } from '../api/shapes.ts';
import { DiscordMarkdown } from '../draw/discord/markdown.tsx';
import { Example } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { OutsideLink } from '../kit/outside-link.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { useResource } from '../kit/use-resource.ts';
import { Words } from '../kit/words.tsx';
import { toHash } from '../route.ts';
import { fillIn } from './fill-in.ts';

export interface ProviderViewProps {
  readonly name: string;
  readonly onPick: (text: string) => void;
}

const EVIDENCE = {
  vendor: 'Read in its own code or documents, or confirmed by several sources',
  community: 'Known from others who receive it: look at the first delivery',
} as const;

const SECRETS = {
  ours: 'Bellhop makes it, and you paste it there',
  theirs: 'It makes it, and you give it to Bellhop',
  none: 'None is needed',
} as const;

/** One sender: how it proves who it is, how sure that is, and the steps that set it up. */
export function ProviderView({ name, onPick }: ProviderViewProps) {
  const { content, problem, reload } = useResource(`provider ${name}`, (signal) =>
    request<ProviderDetail>(`/providers/${encodeURIComponent(name)}`, { signal }),
  );
  const article = useRef<HTMLElement>(null);
  // It stands above a list in which its reader may have scrolled far down.
  useEffect(() => article.current?.scrollIntoView({ block: 'nearest' }), [content]);
  if (problem) return <Failure message={problem} onRetry={reload} />;
  if (!content) return <Skeleton rows={4} label={`Loading ${name}`} />;
  const { title, signature, evidence, secret, secretForm, handshake, samples, docs, setup, options } = content;
  return (
    <article class="card provider" ref={article} aria-labelledby="provider-title">
      <header class="card-head">
        <h2 id="provider-title">{title}</h2>
        <code class="hint">{name}</code>
      </header>
      <dl class="facts">
        <Fact name="Signature" value={signature} />
        <Fact name="How sure that is" value={EVIDENCE[evidence]} />
        <Fact
          name="Secret"
          value={secret === 'theirs' && secretForm ? `${SECRETS.theirs}: ${secretForm}` : SECRETS[secret]}
        />
        <Fact name="Handshake" value={handshake ? 'Yes, Bellhop answers it automatically' : 'No'} />
        <div>
          <dt>Messages</dt>
          <dd>
            {samples ? (
              <a href={toHash({ view: 'gallery', provider: name })}>Designed, see them in the gallery</a>
            ) : (
              'General layout, no template of its own'
            )}
          </dd>
        </div>
      </dl>
      <h3>Setting it up</h3>
      <DiscordMarkdown text={fillIn(setup)} />
      {options.length > 0 && (
        <>
          <h3>Its choices</h3>
          <ul>
            {options.map((option) => (
              <li key={option.name}>
                <code>{option.name}=</code> <Words text={option.description} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="examples">
        <Example text={`/webhook new ${name} in #ops`} onPick={onPick} />{' '}
        <OutsideLink url={docs}>Its documents</OutsideLink>
      </p>
    </article>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Words text={value} />
      </dd>
    </div>
  );
}
