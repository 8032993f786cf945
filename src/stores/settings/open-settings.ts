import { mkdir } from 'node:fs/promises';
import { Low } from 'lowdb';
import { AppError } from '../../core/errors.ts';
import { emptySettings, type Settings, type SettingsStore } from '../../core/settings/settings.ts';
import { toDiskError } from './disk-error.ts';
import { freeze } from './freeze.ts';
import { createSealer } from './seal.ts';
import { createSettingsFile } from './settings-file.ts';
import { checkSettings } from './settings-text.ts';
import { watchFile } from './watch-file.ts';

export interface SettingsOptions {
  /** The data folder, made when there is none. */
  readonly folder: string;
  /** 32 bytes, from `loadKey`. */
  readonly key: Buffer;
  /** Told once for each edit by hand that cannot be used; the settings stay as they were. */
  readonly onProblem?: (message: string) => void;
}

/** Opens `settings.json` of a folder. Throws `AppError` naming the lines to mend when it cannot be used. */
export async function openSettings({ folder, key, onProblem = () => {} }: SettingsOptions): Promise<SettingsStore> {
  await mkdir(folder, { recursive: true }).catch((error) => Promise.reject(toDiskError(error, folder)));
  const file = createSettingsFile({ folder, sealer: createSealer(key), onProblem });
  const nothing = freeze({ ...emptySettings });
  const store = new Low<Settings>(file, nothing);
  const listeners: ((settings: Settings) => void)[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  let refusedText: string | undefined;

  await store.read();
  if (store.data === nothing) await store.write();
  const stopWatching = watchFile(file.path, { onChange: () => void inTurn(noticeEdit), onProblem });

  /** Runs one thing after another, whether the one before went well or not. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function takeEdits(): Promise<void> {
    const text = await file.foreignText();
    if (text !== undefined) change(await file.adopt(text));
  }

  async function noticeEdit(): Promise<void> {
    const text = await file.foreignText();
    if (text === undefined || text === refusedText) return;
    try {
      change(await file.adopt(text));
      refusedText = undefined;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusedText = text;
      onProblem(`${error.message}\nThe settings stay as they were until it is mended.`);
    }
  }

  function change(settings: Settings): void {
    store.data = settings;
    for (const listener of listeners) listener(settings);
  }

  async function apply(make: (settings: Settings) => Settings): Promise<Settings> {
    await takeEdits();
    const before = store.data;
    const after = make(before);
    if (after === before) return before;
    const next = freeze(checkSettings(after));
    await file.write(next);
    change(next);
    return next;
  }

  return {
    get current() {
      return store.data;
    },
    update: (make) => inTurn(() => apply(make)),
    onChange: (listener) => void listeners.push(listener),
    async close() {
      stopWatching();
      await turn;
    },
  };
}
