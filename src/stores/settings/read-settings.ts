import { join } from 'node:path';
import { emptySettings, type Settings } from '../../core/settings/settings.ts';
import { findKey, type KeyOptions } from './load-key.ts';
import { readText } from './read-text.ts';
import { createSealer } from './seal.ts';
import { parseText } from './settings-text.ts';

/** The settings of a folder, without touching it: another process may be using it. Throws `AppError` when they cannot be used. */
export async function readSettings(options: KeyOptions): Promise<Settings> {
  const file = join(options.folder, 'settings.json');
  const text = await readText(file, 'settings_unreadable');
  if (!text?.trim()) return emptySettings;
  // Where there is no key, nothing is sealed.
  const key = (await findKey(options)) ?? Buffer.alloc(32);
  return parseText(text, { file, sealer: createSealer(key) });
}
