import { emptySettings, type Settings, type SettingsStore } from '../../src/core/settings/settings.ts';
import { freeze } from '../../src/stores/settings/freeze.ts';
import { checkSettings } from '../../src/stores/settings/settings-text.ts';

/** Settings that live as long as the test. */
export function createMemorySettings(start: Partial<Settings> = {}): SettingsStore {
  let current = freeze(checkSettings({ ...emptySettings, ...start }));
  let turn: Promise<unknown> = Promise.resolve();
  const listeners: ((settings: Settings) => void)[] = [];

  return {
    get current() {
      return current;
    },
    update(change) {
      const mine = turn.then(() => {
        const next = change(current);
        if (next === current) return current;
        current = freeze(checkSettings(next));
        for (const listener of listeners) listener(current);
        return current;
      });
      turn = mine.catch(() => {});
      return mine;
    },
    onChange: (listener) => void listeners.push(listener),
    close: async () => {},
  };
}
