/** A program that gives this machine an address that others reach. */
export interface Tunnel {
  readonly title: string;
  /** What starts one to an address of this machine. */
  command(localUrl: string): string;
  /** The addresses of those that run; where each leads is not known. Never throws. */
  find(): Promise<readonly string[]>;
}

/** Declares a tunnel program. The file that calls this names it: `ngrok.ts` is `ngrok`. */
export function defineTunnel(tunnel: Tunnel): Tunnel {
  return Object.freeze(tunnel);
}

/** A tunnel program runs on this machine and answers at once, or does not run. */
const TIMEOUT = 500;

/** What a program of this machine says about itself; nothing where it does not run. */
export async function askAgent(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'manual' });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
