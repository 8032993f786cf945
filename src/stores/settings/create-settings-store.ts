import { setTimeout as wait } from 'node:timers/promises';
import { Low } from 'lowdb';
import { AppError } from '../../core/errors.ts';
import { emptySettings, type Settings, type SettingsStore } from '../../core/settings/settings.ts';
import { createTogether } from '../shared/create-together.ts';
import { freeze } from './freeze.ts';
import type { SettingsDocument } from './settings-document.ts';
import { checkSettings } from './settings-text.ts';

export interface StoreOptions {
  readonly document: SettingsDocument;
  /** Begins to call back when somebody else may have changed the document. Gives back how to stop. */
  readonly watch: (noticed: () => void) => () => void;
  /** Called once for each change by somebody else that cannot be used, after which the settings stay as they were. */
  readonly onProblem: (message: string) => void;
  /** Milliseconds after which a text that was read in the middle of a change is whole. */
  readonly settling: number;
  /** How often the document is read at most for those who ask, in milliseconds. When absent nobody may: it may be half written. */
  readonly lookEvery?: number;
}

/** Keeps settings in a document that others change too. Throws `AppError` when it cannot be used. */
export async function createSettingsStore({
  document,
  watch,
  onProblem,
  settling,
  lookEvery,
}: StoreOptions): Promise<SettingsStore> {
  const nothing = freeze({ ...emptySettings });
  const store = new Low<Settings>(document, nothing);
  const listeners: ((settings: Settings) => void)[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  let refusedText: string | undefined;

  await store.read();
  if (store.data === nothing) await store.write();
  const stopWatching = watch(() => void inTurn(noticeEdit));

  /** Runs one thing after another, whether the one before went well or not. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function takeEdits(): Promise<void> {
    const text = await document.foreignText();
    if (text === undefined) return;
    try {
      change(await document.adopt(text));
    } catch (error) {
      await wait(settling);
      const later = await document.foreignText();
      if (later === undefined || later === text) throw error;
      change(await document.adopt(later));
    }
  }

  async function noticeEdit(): Promise<void> {
    let text: string | undefined;
    try {
      text = await document.foreignText();
      if (text === undefined || text === refusedText) return;
      change(await document.adopt(text));
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
      if (!(await document.replace(next))) continue;
      change(next);
      return next;
    }
  }

  return {
    get current() {
      return store.data;
    },
    update: (make) => inTurn(() => apply(make)),
    ...(lookEvery !== undefined && { look: createTogether(() => inTurn(takeEdits), lookEvery) }),
    onChange: (listener) => void listeners.push(listener),
    async close() {
      stopWatching();
      await turn;
    },
  };
}
