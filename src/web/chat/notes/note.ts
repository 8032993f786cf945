import type { CommandReply } from '../../api/shapes.ts';

/** A reply that only the person who asked can see. */
export interface Note {
  readonly id: string;
  readonly channel: string;
  /** What was typed; absent for a click. */
  readonly typed: string | undefined;
  readonly at: string;
  readonly reply: CommandReply;
}

/** What a new endpoint's owner pastes at the provider, when a reply holds it. */
export function copyables({ data }: CommandReply): readonly { readonly label: string; readonly text: string }[] {
  const { endpoint } = objectOf(data);
  const { url, secret } = objectOf(endpoint);
  return [
    { label: 'Copy URL', text: url },
    { label: 'Copy secret', text: secret },
  ].filter(
    (entry): entry is { label: string; text: string } => typeof entry.text === 'string' && !/[…*]/.test(entry.text),
  );
}

/** The endpoint whose first delivery a reply waits for; nothing where it waits for none. */
export function waitingFor({ data }: CommandReply): { readonly id: string; readonly name: string } | undefined {
  const { pending, endpoint } = objectOf(data);
  const { id, name } = objectOf(endpoint);
  return pending === true && typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
}

/** The failure that a reply reports, when it does. */
export function failureOf({
  data,
}: CommandReply): { readonly code: string; readonly field: string | undefined } | undefined {
  const { code, field } = objectOf(data);
  return typeof code === 'string' ? { code, field: typeof field === 'string' ? field : undefined } : undefined;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
