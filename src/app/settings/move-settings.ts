import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../core/errors.ts';
import type { Settings, SettingsStore } from '../../core/settings/settings.ts';
import { openSettings } from '../../stores/settings/open-settings.ts';
import { openSharedSettings } from '../../stores/settings/open-shared-settings.ts';
import { createSealer } from '../../stores/settings/seal.ts';
import { parseText, toText } from '../../stores/settings/settings-text.ts';
import { codeOf, toDiskError } from '../../stores/shared/disk-error.ts';
import { writeAtomically } from '../../stores/shared/write-atomically.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import type { Config } from '../config.ts';
import { createLog } from '../terminal/create-log.ts';
import { findExistingKey, readCurrentSettings } from './read-installation.ts';

/** Writes the settings into a file, with their secrets sealed by the same key. Throws `AppError`. */
export async function exportSettings(config: Config, name: string): Promise<Settings> {
  const file = resolve(name);
  const settings = await readCurrentSettings(config);
  if (await exists(file))
    throw new AppError(409, 'file_there', `\`${file}\` is there already. Name another, or move it away.`);
  await writeAtomically(file, toText(settings, createSealer(await findExistingKey(config)))).catch((error: unknown) => {
    throw toDiskError(error, { what: 'The settings', folder: file });
  });
  return settings;
}

/** Takes settings from such a file; where there already are endpoints, only with `replace`. Throws `AppError`. */
export async function importSettings(
  config: Config,
  name: string,
  { replace }: { readonly replace: boolean },
): Promise<Settings> {
  const file = resolve(name);
  const key = await findExistingKey(config);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError(
      404,
      'no_settings',
      `\`${file}\` cannot be read: it should hold what \`bellhop export\` wrote.`,
      {
        cause,
      },
    );
  });
  const settings = parseText(text, { file, sealer: createSealer(key) });
  return withSettings(config, key, (store) =>
    store.update(({ endpoints }) => {
      if (endpoints.length > 0 && !replace)
        throw new AppError(
          409,
          'settings_there',
          'There are endpoints already, which would be lost. Add `--replace` if that is what you want.',
        );
      return settings;
    }),
  );
}

/** Opens settings where they are kept, and closes them again. Who serves meanwhile takes a change up at once. */
async function withSettings<T>(config: Config, key: Buffer, work: (store: SettingsStore) => Promise<T>): Promise<T> {
  await using opened = new AsyncDisposableStack();
  const cluster = await openCluster(config, { log: createLog('silent') });
  if (cluster) opened.defer(cluster.close);
  const store = cluster
    ? await openSharedSettings({ ...cluster, key })
    : await openSettings({ folder: config.DATA_DIR, key });
  opened.defer(store.close);
  return await work(store);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => codeOf(error) !== 'ENOENT',
  );
}
