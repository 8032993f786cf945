import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Low } from 'lowdb';
import { AppError } from '../../core/errors.ts';
import { emptySettings, type Settings, type SettingsStore } from '../../core/settings/settings.ts';
import type { Vanished } from '../../core/settings/vanished.ts';
import { toDiskError } from '../shared/disk-error.ts';
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
  const nothing = freeze({ ...emptySettings });
  const store = new Low<Settings>(file, nothing);
  const listeners: ((settings: Settings) => void)[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  let refusedText: string | undefined;

  await store.read();
  if (store.data === nothing) await store.write();
  const stopWatching = watchFile(file.path, { settling: SETTLING, onChange: () => void inTurn(noticeEdit), onProblem });

  /** Runs one thing after another, whether the one before went well or not. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function takeEdits(): Promise<void> {
    const text = await file.foreignText();
    if (text === undefined) return;
    try {
      change(await file.adopt(text));
    } catch (error) {
      await wait(SETTLING);
      const later = await file.foreignText();
      if (later === undefined || later === text) throw error;
      change(await file.adopt(later));
    }
  }

  async function noticeEdit(): Promise<void> {
    let text: string | undefined;
    try {
      text = await file.foreignText();
      if (text === undefined || text === refusedText) return;
      change(await file.adopt(text));
      refusedText = undefined;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusedText = text;
      onProblem(`${error.message}\nThe settings stay as they were until that is fixed.`);
    }
  }

  function change(settings: Settings): void {
    store.data = settings;
    for (const listener of listeners) listener(settings);
  }

  async function apply(make: (settings: Settings) => Settings): Promise<Settings> {
    for (;;) {
      await takeEdits();
      const before = store.data;
      const after = make(before);
      if (after === before) return before;
      const next = freeze(checkSettings(after));
      // An edit that was saved in this moment is the ground for the change.
      if (!(await file.replace(next))) continue;
      change(next);
      return next;
    }
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
