import type { Installation } from '../core/platform/descriptor.ts';
import { findKey } from '../stores/settings/load-key.ts';
import { readSettings } from '../stores/settings/read-settings.ts';
import type { Config } from './config.ts';

/** The settings as they are on disk, and the key that seals them; nothing where Bellhop was never started. Changes no file. */
export async function readInstallation({
  DATA_DIR: folder,
  BELLHOP_KEY: given,
}: Config): Promise<Installation | undefined> {
  const options = { folder, ...(given && { given }) };
  const key = await findKey(options);
  return key && { settings: await readSettings(options), key };
}
