import type { Address, OpenTunnel } from '../../core/settings/address.ts';
import { toPublicUrl } from '../../core/settings/address.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import type { Probe } from '../../http/probe.ts';
import type { Tunnel } from './tunnel.ts';

export interface AddressParts {
  /** What the environment says. It wins. */
  readonly given: string | undefined;
  readonly localUrl: string;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly probe: Pick<Probe, 'tryOut'>;
  readonly tunnels: ReadonlyMap<string, Tunnel>;
}

/** Milliseconds for which nobody looks again whether a tunnel runs. */
const LOOKED_FOR = 5_000;

/** The address at which others reach Bellhop: what the environment says, else what an admin set, else this machine's own. */
export function createAddress({ given, localUrl, settings, probe, tunnels }: AddressParts): Address {
  let looked: { readonly at: number; readonly found: Promise<OpenTunnel | undefined> } | undefined;

  async function look(): Promise<OpenTunnel | undefined> {
    const running = await Promise.all(
      Array.from(tunnels.values(), async ({ title, find }) =>
        (await find()).flatMap((text) => {
          const url = toPublicUrl(text);
          return url ? [{ title, url }] : [];
        }),
      ),
    );
    // Several may run, to other programs too.
    for (const tunnel of running.flat()) if ((await probe.tryOut(tunnel.url)).ok) return tunnel;
    return undefined;
  }

  return {
    get url() {
      return given ?? settings.current.publicUrl ?? localUrl;
    },
    get setBy() {
      if (given !== undefined) return 'environment';
      return settings.current.publicUrl === undefined ? 'nobody' : 'admin';
    },
    localUrl,
    tryOut: probe.tryOut,
    findTunnel() {
      const now = performance.now();
      if (!looked || now - looked.at > LOOKED_FOR) looked = { at: now, found: look() };
      return looked.found;
    },
    tunnelCommands: Array.from(tunnels.values(), ({ command }) => command(localUrl)),
  };
}
