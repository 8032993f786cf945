import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

// Editors write in several steps; what counts is the last.
const SETTLING = 100;

/** Calls back some moments after a file changed, whoever changed it. Gives back how to stop. */
export function watchFile(
  path: string,
  { onChange, onProblem }: { readonly onChange: () => void; readonly onProblem: (message: string) => void },
): () => void {
  let timer: NodeJS.Timeout | undefined;
  // A rename replaces the file, and a watch on the file itself would follow the old one.
  const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
    if (name !== basename(path)) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLING);
    timer.unref();
  });
  watcher.on('error', () => onProblem(`\`${path}\` is no longer watched. Restart Bellhop after editing it by hand.`));
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
