import { AppError } from '../../core/errors.ts';
import type { Installation } from '../../core/platform/descriptor.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { findKey } from '../../stores/settings/load-key.ts';
import { readSettings } from '../../stores/settings/read-settings.ts';
import type { Config } from '../config.ts';

/** The settings as they are kept, and the key that seals them; nothing where Bellhop was never started. Changes nothing. */
export async function readInstallation(config: Config): Promise<Installation | undefined> {
  const key = await findKey(toKeyOptions(config));
  return key && { settings: await readCurrentSettings(config), key };
}

/** The settings as they are kept, in the data folder or in the database, without touching them. Throws `AppError`. */
export async function readCurrentSettings(config: Config): Promise<Settings> {
  const { DATABASE_URL: url } = config;
  if (url === undefined) return readSettings(toKeyOptions(config));
  const { readSharedSettings } = await import('../../stores/settings/read-shared-settings.ts');
  return readSharedSettings({ url, key: await findExistingKey(config) });
}

/** The key there is. Throws `AppError` where there is none: only a start makes one. */
export async function findExistingKey(config: Config): Promise<Buffer> {
  const key = await findKey(toKeyOptions(config));
  if (key) return key;
  throw new AppError(
    404,
    'key_missing',
    `There is no key in \`${config.DATA_DIR}\` yet. Start Bellhop once, or give the key in \`BELLHOP_KEY\`.`,
  );
}

function toKeyOptions({ DATA_DIR: folder, BELLHOP_KEY: given }: Config) {
  return { folder, ...(given && { given }) };
}
