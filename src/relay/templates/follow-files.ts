import type { Counters } from '../../core/counters.ts';
import type { Log } from '../../core/log.ts';
import type { Composer } from '../../render/compose.ts';
import type { Templates } from '../../render/templates.ts';
import type { Notifier } from '../notices/notifier.ts';
import { toRefusedFileNotice } from '../notices/template-fault.ts';

export interface FileFollowerParts {
  readonly templates: Pick<Templates, 'refresh'>;
  readonly composer: Pick<Composer, 'problemOf'>;
  readonly notifier: Pick<Notifier, 'mention'>;
  readonly counters: Counters;
  readonly log: Log;
}

/** Takes up changes of template files. One that cannot be used stays what it was; the log and the page say so, once for each change. */
export function createFileFollower({
  templates,
  composer,
  notifier,
  counters,
  log,
}: FileFollowerParts): () => Promise<void> {
  return async () => {
    for (const { name, problem } of await templates.refresh(composer.problemOf)) {
      const { message, line } = problem;
      counters.add('template_problems');
      log.warn({ template: name, line }, `a changed template cannot be used: ${message}`);
      notifier.mention(toRefusedFileNotice({ name, problem }));
    }
  };
}
