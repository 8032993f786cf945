/** Whether a request to an address arrives here, and in words what happened to it where it does not. */
export type Arrival = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** A tunnel program that runs, and the address at which it is reached. */
export interface OpenTunnel {
  readonly title: string;
  readonly url: string;
}

/** The address at which others reach Bellhop. */
export interface Address {
  /** Without a slash at the end. It may change at any time. */
  readonly url: string;
  /** Who set it: the environment, an admin, or nobody; then it is this machine's own, and providers elsewhere cannot reach it. */
  readonly setBy: 'environment' | 'admin' | 'nobody';
  /** What became of the latest request that was sent to `url`; nothing where none was yet. */
  readonly arrival: Arrival | undefined;
  /** This machine's own address. */
  readonly localUrl: string;
  /** Sends a request to an address, and sees whether it arrives here. */
  tryOut(url: string): Promise<Arrival>;
  /** The tunnel that runs and leads here. */
  findTunnel(): Promise<OpenTunnel | undefined>;
  /** What starts a tunnel to here, one command for each program that is known. */
  readonly tunnelCommands: readonly string[];
}

/** The only paths that others need to reach; the page and the API may stay inside. */
export const OPEN_PATHS: readonly string[] = ['/in/', '/slack/events', '/discord/interactions'];

/** An address as it is kept, without a slash at the end; nothing where the text is none. `https` is meant where no protocol is given. */
export function toPublicUrl(text: string): string | undefined {
  const typed = text.trim().replace(/^<|(?:\|.*)?>$/g, '');
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(whole) || /[?#\s`]/.test(whole)) return undefined;
  const { protocol, username, password, origin, pathname } = new URL(whole);
  if (!['http:', 'https:'].includes(protocol) || username || password) return undefined;
  return `${origin}${pathname}`.replace(/\/+$/, '');
}
