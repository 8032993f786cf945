import type { Reply } from '../../core/command/command.ts';
import { reply } from '../../core/command/reply.ts';
import { toJson } from '../../core/delivery/to-json.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import { eventLink } from '../../core/event/event-line.ts';
import type { Shown } from '../../core/event/relay.ts';
import type { Action } from '../../core/message/message.ts';
import { fence, toCodePages } from './code-pages.ts';
import { toPage } from './pages.ts';

export interface PayloadReply {
  readonly event: StoredEvent;
  readonly shown: Shown;
  readonly page: number | undefined;
  /** The command whose pages these are. */
  readonly command: string;
  /** What the command is asked for besides, on every page. */
  readonly options?: Readonly<Record<string, string>>;
  /** What stands below the text, before the number of the page. */
  readonly note?: string | undefined;
  readonly actions?: readonly Action[];
}

/** What a body says, as people read it. */
export function payloadText({ payload }: Shown): string {
  return typeof payload === 'string' ? payload : toJson(payload, 2);
}

/** One page of what an event's body says. */
export function payloadReply({
  event,
  shown,
  page: wanted,
  command,
  options = {},
  note,
  actions = [],
}: PayloadReply): Reply {
  const { format, problem } = shown;
  if (format === 'empty') return reply(`${eventLink(event)}\nIts body was empty.`);
  if (format === 'binary')
    return reply(`${eventLink(event)}\nIts body is ${event.body.length} bytes that are not text.`);
  const {
    shown: parts,
    page,
    pages,
    turns,
  } = toPage(toCodePages(payloadText(shown)), {
    page: wanted,
    size: 1,
    command,
    options: { event: event.id, ...options },
  });
  const [part = ''] = parts;
  return reply(`${eventLink(event)}\n\n${fence(part)}`, {
    footer: [...(note ? [note] : []), `Page ${page} of ${pages}`, ...(problem ? [problem] : [])].join(' · '),
    actions: [...turns, ...actions],
    data: { event: event.id, page, pages, text: part },
  });
}
