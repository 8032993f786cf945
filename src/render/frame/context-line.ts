import { type About, environmentOf } from '../../core/event/about.ts';
import { editedWords } from '../../core/event/editing/edited.ts';

export interface Context {
  readonly about: About;
  /** What people call whoever sent it. */
  readonly senderName: string;
  /** What a template adds. */
  readonly added?: string | undefined;
}

const BETWEEN = ' · ';

/** Where a message came from, on one line: whether somebody edited it, whether it is confidential, source, environment, sender, and what its template adds, each said once. */
export function contextLine({ about, senderName, added = '' }: Context): string {
  const secrecy = about.confidential && 'confidential';
  const edited = about.edited && editedWords(about.edited);
  const parts = [edited, secrecy, about.source, environmentOf(about), senderName, ...added.split(BETWEEN)];
  const said = new Map<string, string>();
  for (const part of parts) {
    const text = part?.trim();
    if (text && !said.has(text.toLowerCase())) said.set(text.toLowerCase(), text);
  }
  return [...said.values()].join(BETWEEN);
}
