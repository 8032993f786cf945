const KEY = 'bellhop.history';
const LIMIT = 100;

export interface CommandHistory {
  add(line: string): void;
  /** The line so many steps back; 1 is the newest. */
  at(stepsBack: number): string | undefined;
}

/** Remembers what was typed for as long as the browser tab lives. Lines that hold a secret are forgotten at once. */
export function createCommandHistory(storage: Storage = sessionStorage): CommandHistory {
  let lines = load(storage);
  return {
    add(line) {
      if (/\bsecret\s*=/i.test(line) || lines.at(-1) === line) return;
      lines = [...lines, line].slice(-LIMIT);
      storage.setItem(KEY, JSON.stringify(lines));
    },
    at: (stepsBack) => lines.at(-stepsBack),
  };
}

function load(storage: Storage): readonly string[] {
  try {
    const lines: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(lines) ? lines.filter((line): line is string => typeof line === 'string') : [];
  } catch {
    return [];
  }
}
