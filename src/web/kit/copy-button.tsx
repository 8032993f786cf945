import { useState } from 'preact/hooks';
import { copyText } from './copy-text.ts';

/** Copies a text, and says so for a moment. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: string }) {
  const [said, setSaid] = useState(label);
  async function copy(): Promise<void> {
    const copied = await copyText(text);
    setSaid(copied ? 'Copied' : 'Could not copy. Where the text is shown, select it and copy it by hand.');
    setTimeout(() => setSaid(label), copied ? 2_000 : 6_000);
  }
  return (
    <button type="button" aria-live="polite" onClick={copy}>
      {said}
    </button>
  );
}
