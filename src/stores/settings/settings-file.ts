import { hash } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { emptySettings, type Settings } from '../../core/settings/settings.ts';
import { findVanished, type Vanished } from '../../core/settings/vanished.ts';
import { toDiskError } from '../shared/disk-error.ts';
import { writeAtomically } from '../shared/write-atomically.ts';
import { createDatedBackups } from './dated-backups.ts';
import { freeze } from './freeze.ts';
import { readText } from './read-text.ts';
import type { Sealer } from './seal.ts';
import type { SettingsDocument } from './settings-document.ts';
import { parseText, toText } from './settings-text.ts';

export interface SettingsFileOptions {
  readonly folder: string;
  readonly sealer: Sealer;
  readonly now: () => Date;
  readonly onProblem: (message: string) => void;
  readonly onVanished: (vanished: Vanished) => void;
}

interface Known {
  readonly text: string;
  readonly settings: Settings;
}

/** `settings.json`, with the last good one beside it. */
export function createSettingsFile({
  folder,
  sealer,
  now,
  onProblem,
  onVanished,
}: SettingsFileOptions): SettingsDocument {
  const path = join(folder, 'settings.json');
  const backup = join(folder, 'settings.backup.json');
  const mark = join(folder, 'settings.written');
  const datedBackups = createDatedBackups(folder);
  /** The last good settings. */
  let last: Known | undefined;

  const read = (file: string) => readText(file, 'settings_unreadable');

  function parse(text: string): Known {
    return { text, settings: freeze(parseText(text, { file: path, sealer })) };
  }

  async function adopt(text: string): Promise<Settings> {
    const next = parse(text);
    const vanished = last && (await putAside(last, next.settings));
    last = next;
    await keepBackup(text);
    if (vanished) {
      onProblem(toSentence(vanished));
      onVanished(vanished);
    }
    return next.settings;
  }

  /** Keeps settings of which an edit removed a part: whoever made it may have opened the file long before. */
  async function putAside(before: Known, after: Settings): Promise<Vanished | undefined> {
    const parts = findVanished(before.settings, after, now());
    return parts.length > 0 ? { parts, backup: await datedBackups.keep(before.text, now()) } : undefined;
  }

  function toSentence({ parts, backup: name }: Vanished): string {
    const what = parts.map((part) => part.what).join(', ');
    return `An edit of \`${path}\` removed ${what}. \`${join(folder, name)}\` still holds everything: copy what is missing from there, or put that file in the place of \`settings.json\`. It is kept for a week at least.`;
  }

  async function keepBackup(text: string): Promise<void> {
    if ((await read(backup)) === text) return;
    await writeAtomically(backup, text).catch((error) =>
      onProblem(`\`${backup}\` is out of date: ${toUnwritable(error).message}`),
    );
  }

  async function replace(settings: Settings): Promise<boolean> {
    const text = toText(settings, sealer);
    // Written before: after a crash between the file and its backup, it tells our own change from an edit by hand.
    await writeAtomically(mark, markOf(text)).catch((error: unknown) => {
      throw toUnwritable(error);
    });
    const written = await writeAtomically(path, text, {
      unless: async () => (await foreignText()) !== undefined,
    }).catch((error: unknown) => {
      throw toUnwritable(error);
    });
    if (!written) return false;
    last = { text, settings };
    await keepBackup(text);
    return true;
  }

  async function foreignText(): Promise<string | undefined> {
    const text = await read(path);
    return text === last?.text ? undefined : text;
  }

  function toUnwritable(error: unknown): AppError {
    if (error instanceof AppError) return error;
    return toDiskError(error, { what: 'The settings', folder, code: 'settings_unwritable' });
  }

  return {
    name: path,
    adopt,
    foreignText,
    replace,
    write: async (settings) => void (await replace(settings)),

    async read() {
      const [text, spare] = [await read(path), await read(backup)];
      if (spare === undefined && !text?.trim()) {
        // A blank file without a backup never held anything.
        if (text !== undefined) last = { text, settings: emptySettings };
        return null;
      }
      if (text === undefined)
        throw new AppError(
          409,
          'settings_missing',
          `\`${path}\` is gone, but \`${backup}\` holds the last good settings. Copy it to \`${path}\`, or remove it to start with none.`,
        );
      if (spare === undefined) return adopt(text);
      last = (await read(mark)) === markOf(text) ? undefined : parseSpare(spare);
      return adopt(text).catch((error) => Promise.reject(withHint(error, backup)));
    },
  };

  /** A backup of another version or key says nothing that could be compared. */
  function parseSpare(spare: string): Known | undefined {
    try {
      return parse(spare);
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}

function markOf(text: string): string {
  return hash('sha256', text);
}

function withHint(error: unknown, backup: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'settings_broken') return error;
  return new AppError(
    error.status,
    error.code,
    `${error.message}\nFix it, or put \`${backup}\` in its place: that one holds the last good settings.`,
    { cause: error },
  );
}
