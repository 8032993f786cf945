/** A text that is not saved yet, and what it was written upon. */
export interface Draft {
  readonly text: string;
  readonly version: string;
}

/** Texts that are not saved yet survive a reload; they are forgotten with the tab. */
export function readDraft(endpoint: string, type: string): Draft | undefined {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(toKey(endpoint, type)) ?? 'null');
    if (typeof found !== 'object' || found === null || !('text' in found) || !('version' in found)) return undefined;
    const { text, version } = found;
    return typeof text === 'string' && typeof version === 'string' ? { text, version } : undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(endpoint: string, type: string, draft: Draft | undefined): void {
  const key = toKey(endpoint, type);
  if (!draft) {
    sessionStorage.removeItem(key);
    return;
  }
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // No room is left: the text is still in the editor, and leaving asks.
    sessionStorage.removeItem(key);
  }
}

function toKey(endpoint: string, type: string): string {
  return `bellhop.template ${JSON.stringify([endpoint, type])}`;
}
