import type { Address, Arrival, OpenTunnel } from '../../core/settings/address.ts';
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
  let latest: { readonly url: string; readonly arrival: Arrival } | undefined;
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

  const current = () => given ?? settings.current.publicUrl ?? localUrl;

  return {
    get url() {
      return current();
    },
    get setBy() {
      if (given !== undefined) return 'environment';
      return settings.current.publicUrl === undefined ? 'nobody' : 'admin';
    },
    get arrival() {
      return latest?.url === current() ? latest.arrival : undefined;
    },
    localUrl,
    async tryOut(url) {
      const arrival = await probe.tryOut(url);
      // One that is tried before it is set counts from then on; one that was tried in vain says nothing of the one that is set.
      if (url === current() || arrival.ok) latest = { url, arrival };
      return arrival;
    },
    findTunnel() {
      const now = performance.now();
      if (!looked || now - looked.at > LOOKED_FOR) looked = { at: now, found: look() };
      return looked.found;
    },
    tunnelCommands: Array.from(tunnels.values(), ({ command }) => command(localUrl)),
  };
}
