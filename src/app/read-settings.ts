import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '../core/platform/descriptor.ts';
import { loadKey } from '../stores/settings/load-key.ts';
import { openSettings } from '../stores/settings/open-settings.ts';
import type { Config } from './config.ts';

/** The settings as they are on disk, and the key that seals them; nothing where Bellhop was never started. */
export async function readSettings(config: Config): Promise<Installation | undefined> {
  const folder = config.DATA_DIR;
  // Looking must not make a key or settings where there are none.
  if (!existsSync(join(folder, 'settings.json'))) return undefined;
  const key = await loadKey({ folder, ...(config.BELLHOP_KEY && { given: config.BELLHOP_KEY }) });
  const store = await openSettings({ folder, key });
  await store.close();
  return { settings: store.current, key };
}
