import type { Clock } from '../../core/clock.ts';
import { createSharedCodes } from '../../http/auth.ts';
import { shareLive } from '../../http/live/share-live.ts';
import type { OpenCluster } from '../../stores/cluster/open-cluster.ts';
import { openSharedSettings } from '../../stores/settings/open-shared-settings.ts';
import { createByteSealer } from '../../stores/shared/byte-sealer.ts';
import { createLead } from './create-lead.ts';
import type { Nodes } from './nodes.ts';
import { shareEvents, shareMessages } from './share-feeds.ts';
import { splitChores } from './split-chores.ts';

/** A node among others on one database. */
export function severalNodes(cluster: OpenCluster, clock: Clock): Nodes {
  const { bus, claims } = cluster;
  return {
    cluster,
    // The database's clock counts on all nodes.
    clock: { ...clock, now: () => new Date(clock.now().getTime() + cluster.ahead) },
    openSettings: (options) => openSharedSettings({ ...cluster, ...options }),
    sharedKey: (key) => key,
    codes: createSharedCodes(claims),
    notes: (key) => cluster.notes(createByteSealer(key, 'notes')),
    shareLive: (own) => shareLive(own, bus),
    shareEvents: (note) => shareEvents(bus, note),
    shareMessages: (parts) => shareMessages({ bus, ...parts }),
    splitChores,
    async listen(platforms) {
      await cluster.listen();
      for (const platform of platforms) await platform.listen?.(false);
    },
    join: (parts) => cluster.join({ ...parts.duties, ...createLead(parts) }),
    leave: cluster.leave,
  };
}
