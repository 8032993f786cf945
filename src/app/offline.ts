import type { Offline } from '../cli/shared/verb.ts';
import { previewDelivery } from '../relay/preview.ts';
import { readSettings } from '../stores/settings/read-settings.ts';
import { loadCatalogue } from './catalogue.ts';
import { chats } from './chats.ts';
import type { Config } from './config.ts';
import { createDraw } from './drawings.ts';

/** What the command line can do without a running Bellhop. */
export async function openOffline(config: Config): Promise<Offline> {
  const { providers, templates, composer } = await loadCatalogue();
  const draw = createDraw(chats);
  return {
    providers,
    samples: templates.samples,
    settings: () => readSettings({ folder: config.DATA_DIR, ...(config.BELLHOP_KEY && { given: config.BELLHOP_KEY }) }),
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
