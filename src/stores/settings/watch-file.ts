import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

export interface WatchOptions {
  /** How long after the last change it calls back, in milliseconds. */
  readonly settling: number;
  readonly onChange: () => void;
  readonly onProblem: (message: string) => void;
}

/** Calls back some moments after a file changed, whoever changed it. Gives back how to stop. */
export function watchFile(path: string, { settling, onChange, onProblem }: WatchOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  // A rename replaces the file, and a watch on the file itself would follow the old one.
  const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
    if (name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, settling);
    timer.unref();
  });
  watcher.on('error', () => onProblem(`\`${path}\` is no longer watched. Restart Bellhop after editing it by hand.`));
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
