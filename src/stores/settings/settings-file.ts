import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Adapter } from 'lowdb';
import { AppError } from '../../core/errors.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { toDiskError } from './disk-error.ts';
import { freeze } from './freeze.ts';
import type { Sealer } from './seal.ts';
import { parseText, toText } from './settings-text.ts';
import { writeAtomically } from './write-atomically.ts';

/** `settings.json` as lowdb reads and writes it, with the last good one beside it. */
export interface SettingsFile extends Adapter<Settings> {
  readonly path: string;
  /** The text on disk where somebody else changed it since we last read or wrote it. */
  foreignText(): Promise<string | undefined>;
  /** Takes such a text in. Throws `AppError` with the lines that are wrong. */
  adopt(text: string): Promise<Settings>;
}

export interface SettingsFileOptions {
  readonly folder: string;
  readonly sealer: Sealer;
  readonly onProblem: (message: string) => void;
}

export function createSettingsFile({ folder, sealer, onProblem }: SettingsFileOptions): SettingsFile {
  const path = join(folder, 'settings.json');
  const backup = join(folder, 'settings.backup.json');
  let ours: string | undefined;

  async function adopt(text: string): Promise<Settings> {
    const settings = freeze(parseText(text, { file: path, sealer }));
    ours = text;
    await keepBackup(text);
    return settings;
  }

  async function keepBackup(text: string): Promise<void> {
    if ((await readText(backup)) === text) return;
    await writeAtomically(backup, text).catch((error) =>
      onProblem(`\`${backup}\` is out of date: ${toDiskError(error, folder).message}`),
    );
  }

  return {
    path,
    adopt,

    async foreignText() {
      const text = await readText(path);
      return text === ours ? undefined : text;
    },

    async read() {
      const [text, spare] = [await readText(path), await readText(backup)];
      if (text !== undefined)
        return adopt(text).catch((error) => Promise.reject(spare === undefined ? error : withHint(error, backup)));
      if (spare === undefined) return null;
      throw new AppError(
        409,
        'settings_missing',
        `\`${path}\` is gone, but \`${backup}\` holds the last good settings. Copy it to \`${path}\`, or remove it to start with none.`,
      );
    },

    async write(settings) {
      const text = toText(settings, sealer);
      try {
        await writeAtomically(path, text);
      } catch (error) {
        throw toDiskError(error, folder);
      }
      ours = text;
      await keepBackup(text);
    },
  };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new AppError(
      503,
      'settings_unreadable',
      `\`${path}\` cannot be read. Give the user that runs Bellhop the right to read it.`,
      { cause: error },
    );
  }
}

function withHint(error: unknown, backup: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'settings_broken') return error;
  return new AppError(
    error.status,
    error.code,
    `${error.message}\nMend it, or put \`${backup}\` in its place: that one holds the last good settings.`,
    { cause: error },
  );
}
