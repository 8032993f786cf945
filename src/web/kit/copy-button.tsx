import { useState } from 'preact/hooks';

/** Copies a text, and says so for a moment. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: string }) {
  const [said, setSaid] = useState(label);
  async function copy(): Promise<void> {
    // Browsers give the clipboard to secure pages only, and not when it is forbidden.
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setSaid(copied ? 'Copied' : 'Copying is not allowed here');
    setTimeout(() => setSaid(label), 2_000);
  }
  return (
    <button type="button" aria-live="polite" onClick={copy}>
      {said}
    </button>
  );
}
