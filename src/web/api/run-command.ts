import { type RequestOptions, request } from './request.ts';
import type { CommandReply } from './shapes.ts';

const KEY = 'bellhop.name';
const ASKED = 'bellhop.name-asked';
/** Whoever has not given a name, as the API calls them. */
const NOBODY = 'you';
/** The longest name that somebody may give. */
export const NAME_LIMIT = 60;

export type Invocation =
  | { readonly text: string }
  | { readonly command: string; readonly options: Readonly<Record<string, string>> };

/** Runs a command in the name that its user gave; also gives back a reply that says why it was refused. */
export function runCommand(
  invocation: Invocation & { readonly channel?: string; readonly timeZone?: string },
  options: Pick<RequestOptions, 'signal'> = {},
): Promise<CommandReply> {
  return request<CommandReply>('/commands', {
    ...options,
    body: { ...invocation, ...asker() },
    evenRefused: true,
  });
}

/** Who asks, in the body of a request that does something. */
export function asker(): { readonly user: string } {
  return { user: pageUser() };
}

/** Who uses this page, as others read it: `mona (page)`. */
export function pageUser(): string {
  const name = ownName();
  return name ? `${name} (page)` : NOBODY;
}

/** What whoever uses this browser wants to be called; nothing until they have said so. */
export function ownName(): string {
  return localStorage.getItem(KEY) ?? '';
}

export function keepOwnName(name: string): void {
  localStorage.setItem(ASKED, 'yes');
  const kept = name.trim().slice(0, NAME_LIMIT);
  if (kept) localStorage.setItem(KEY, kept);
  else localStorage.removeItem(KEY);
}

/** Whether they were asked already: they may have chosen to have none. */
export function wasAskedForName(): boolean {
  return localStorage.getItem(ASKED) !== null;
}
