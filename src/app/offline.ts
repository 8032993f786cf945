import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Offline } from '../cli/shared/verb.ts';
import { emptySettings } from '../core/settings/settings.ts';
import { previewDelivery } from '../relay/preview.ts';
import { loadKey } from '../stores/settings/load-key.ts';
import { openSettings } from '../stores/settings/open-settings.ts';
import { loadCatalogue } from './catalogue.ts';
import { chats } from './chats.ts';
import type { Config } from './config.ts';
import { createDraw } from './drawings.ts';

/** What the command line knows with nothing running. */
export async function openOffline(config: Config): Promise<Offline> {
  const { providers, templates, composer } = await loadCatalogue();
  const draw = createDraw(chats);
  return {
    providers,
    samples: templates.samples,
    async settings() {
      const folder = config.DATA_DIR;
      // Looking must not make a key or settings where there are none.
      if (!existsSync(join(folder, 'settings.json'))) return emptySettings;
      const key = await loadKey({ folder, ...(config.BELLHOP_KEY && { given: config.BELLHOP_KEY }) });
      const store = await openSettings({ folder, key });
      await store.close();
      return store.current;
    },
    preview(name, delivery) {
      const { type, about, message, problems } = previewDelivery(delivery, {
        name,
        provider: providers.get(name),
        composer,
      });
      return { type, about, ...draw(message), problems };
    },
  };
}
