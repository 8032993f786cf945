import { loadCatalogue } from './catalogue.ts';
import type { Config } from './config.ts';
import { parseDelivery } from './core/body.ts';
import type { HookEvent } from './core/event.ts';
import type { Offline } from './core/verb.ts';
import { draw } from './draw.ts';
import { readEvent } from './relay/read-event.ts';
import { loadKey } from './stores/settings/load-key.ts';
import { openSettings } from './stores/settings/open-settings.ts';

/** What the command line knows with nothing running. */
export async function openOffline(config: Config): Promise<Offline> {
  const { providers, templates, composer } = await loadCatalogue();
  return {
    providers,
    samples: templates.samples,
    async settings() {
      const folder = config.DATA_DIR;
      const key = await loadKey({ folder, ...(config.BELLHOP_KEY && { given: config.BELLHOP_KEY }) });
      const store = await openSettings({ folder, key });
      await store.close();
      return store.current;
    },
    preview(name, delivery) {
      const provider = providers.get(name);
      const type = provider?.eventType(parseDelivery(delivery)) ?? 'unknown';
      const event: HookEvent = {
        ...delivery,
        id: '0',
        endpointId: 'preview',
        provider: name,
        type,
        deliveryId: 'preview',
        verification: { secretId: 'preview' },
      };
      const { incoming, about } = readEvent(event, provider);
      const { message, problems } = composer.compose({
        event: incoming,
        about,
        providerName: name,
        providerTitle: provider?.title ?? name,
        endpointName: 'preview',
        endpointId: 'preview',
        verified: true,
        overrides: [],
        people: [],
      });
      return { type, about, ...draw(message), problems };
    },
  };
}
