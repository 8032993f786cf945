import type { VisibleJournal } from '../../core/command/view.ts';
import { OptionError } from '../../core/errors.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import { quoted } from '../../core/message/markdown/inline-code.ts';

/** The event of an id. Throws `OptionError` for the option `field` when there is none. */
export async function findEvent({ events }: VisibleJournal, typed: string, field = 'event'): Promise<StoredEvent> {
  const id = typed.replace(/^#/, '');
  const found = /^\d{1,18}$/.test(id) ? await events.get(id) : undefined;
  if (found) return found;
  throw new OptionError(
    field,
    `There is no event ${quoted(typed)}. \`/webhook history\` lists events with their ids, \`/webhook history <endpoint>\` those of one endpoint.`,
    { code: 'not_found', status: 404 },
  );
}
