import { useState } from 'preact/hooks';
import { runCommand } from '../api/run-command.ts';
import { copyText } from '../kit/copy-text.ts';
import { messageOf } from '../kit/failure.tsx';

/** Copies the whole URL of an endpoint, which lists never show. The audit keeps that somebody asked. */
export function CopyUrl({ endpoint }: { readonly endpoint: string }) {
  const [said, setSaid] = useState<string>();
  async function copy(): Promise<void> {
    try {
      const { data, text } = await runCommand({ command: 'show', options: { endpoint, url: 'true' } });
      const url = urlOf(data);
      if (!url) setSaid(text);
      else setSaid((await copyText(url)) ? 'Copied' : url);
    } catch (error) {
      setSaid(messageOf(error));
    }
    setTimeout(() => setSaid(undefined), 4_000);
  }
  return (
    <button type="button" aria-label={`Copy URL of ${endpoint}`} aria-live="polite" onClick={copy}>
      {said ?? 'Copy URL'}
    </button>
  );
}

function urlOf(data: unknown): string | undefined {
  const { endpoint } = (data ?? {}) as { readonly endpoint?: { readonly url?: string } };
  return endpoint?.url;
}
