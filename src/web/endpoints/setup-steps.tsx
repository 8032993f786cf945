import { request } from '../api/request.ts';
import type { ProviderDetail } from '../api/shapes.ts';
import { DiscordMarkdown } from '../draw/discord/markdown.tsx';
import { OutsideLink } from '../kit/outside-link.tsx';
import { useResource } from '../kit/use-resource.ts';
import { fillIn } from '../providers/fill-in.ts';

/** What has to be done at the provider. Nothing while nobody has said who that is. */
export function SetupSteps({ provider, open }: { readonly provider: string; readonly open: boolean }) {
  const { content } = useResource(`provider ${provider}`, (signal) =>
    request<ProviderDetail>(`/providers/${encodeURIComponent(provider)}`, { signal }),
  );
  if (!content) return null;
  return (
    <section class="card" aria-labelledby="setup-title">
      <h2 id="setup-title">Setting it up at {content.title}</h2>
      <details class="setup" open={open}>
        <summary>Steps</summary>
        <DiscordMarkdown text={fillIn(content.setup)} />
        <p>
          <OutsideLink url={content.docs}>Its documents</OutsideLink>
        </p>
      </details>
    </section>
  );
}
