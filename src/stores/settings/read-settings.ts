import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptySettings, type Settings } from '../../core/settings/settings.ts';
import { findKey, type KeyOptions } from './load-key.ts';
import { readText } from './read-text.ts';
import { createSealer } from './seal.ts';
import { parseText } from './settings-text.ts';

/** The settings of a folder, without touching it: another process may be using it. Throws `AppError` when they cannot be used. */
export async function readSettings(options: KeyOptions): Promise<Settings> {
  return (await readBoth(options)).settings;
}

/** Copies the settings of a folder as they are at one moment, sealed, and gives them back. Throws `AppError` when they cannot be used. */
export async function copySettings(options: KeyOptions, to: string): Promise<Settings> {
  const { text, settings } = await readBoth(options);
  await writeFile(to, text, { mode: 0o600 });
  return settings;
}

async function readBoth(options: KeyOptions): Promise<{ readonly text: string; readonly settings: Settings }> {
  const file = join(options.folder, 'settings.json');
  const text = (await readText(file, 'settings_unreadable')) ?? '';
  if (!text.trim()) return { text, settings: emptySettings };
  // Where there is no key, nothing is sealed.
  const key = (await findKey(options)) ?? Buffer.alloc(32);
  return { text, settings: parseText(text, { file, sealer: createSealer(key) }) };
}
