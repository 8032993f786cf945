import { mkdir } from 'node:fs/promises';
import type { SettingsStore } from '../../core/settings/settings.ts';
import type { Vanished } from '../../core/settings/vanished.ts';
import { toDiskError } from '../shared/disk-error.ts';
import { createSettingsStore } from './create-settings-store.ts';
import { createSealer } from './seal.ts';
import { createSettingsFile } from './settings-file.ts';
import { watchFile } from './watch-file.ts';

export interface SettingsOptions {
  /** The data folder, made when there is none. */
  readonly folder: string;
  /** 32 bytes, from `loadKey`. */
  readonly key: Buffer;
  /** Called once for each edit by hand that cannot be used, after which the settings stay as they were, and for each that removed something. */
  readonly onProblem?: (message: string) => void;
  /** Called with what an edit by hand removed. */
  readonly onVanished?: (vanished: Vanished) => void;
  readonly now?: () => Date;
}

/** Editors write in several steps; what counts is the last. Milliseconds. */
const SETTLING = 100;

/** Opens `settings.json` of a folder. Throws `AppError` that names the lines to fix when it cannot be used. */
export async function openSettings({
  folder,
  key,
  onProblem = () => {},
  onVanished = () => {},
  now = () => new Date(),
}: SettingsOptions): Promise<SettingsStore> {
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw toDiskError(error, { what: 'The settings', folder, code: 'settings_unwritable' });
  });
  const file = createSettingsFile({ folder, sealer: createSealer(key), now, onProblem, onVanished });
  return createSettingsStore({
    document: file,
    watch: (noticed) => watchFile(file.name, { settling: SETTLING, onChange: noticed, onProblem }),
    onProblem,
    settling: SETTLING,
  });
}
