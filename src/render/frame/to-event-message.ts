import { type About, isOpen, isRecovered } from '../../core/event/about.ts';
import type { Density, NotifyLevel } from '../../core/message/density.ts';
import { toMark } from '../../core/message/mark.ts';
import { type Message, type MessageParts, toMessage } from '../../core/message/message.ts';
import { webUrl } from '../../core/message/safe-link.ts';
import { isShortened } from '../../core/message/shown.ts';
import { parseMarkdown } from '../markdown/markdown.ts';
import { parseMoment } from '../values/moment.ts';
import { atDensity, withoutDetails } from './at-density.ts';
import { contextLine } from './context-line.ts';
import { withoutEchoes } from './without-echoes.ts';

/** What a template, or the layout without one, says of an event. */
export interface EventParts extends Partial<MessageParts> {
  /** Whether the message of a thing that is over is only its first line and its context; as the about says when absent. */
  readonly fold?: boolean;
}

export interface FrameInput {
  readonly about: About;
  readonly receivedAt: Date;
  /** What people call whoever sent it. */
  readonly senderName: string;
  /** Says what happened where nothing else does. */
  readonly otherwise: string;
  readonly density?: Density | undefined;
  readonly notify?: NotifyLevel | undefined;
}

export interface FramedMessage {
  readonly message: Message;
  /** Whether it says all there is to say. */
  readonly whole: boolean;
}

/** Puts what is said of an event into the frame that all their messages have, as much of it as the density shows. */
export function toEventMessage(parts: EventParts, input: FrameInput): FramedMessage {
  const { density = 'normal' } = input;
  const all = withoutEchoes(filledIn(parts, input));
  const folded = density !== 'full' && foldsAway(parts, all, input.about) ? withoutDetails(all) : all;
  const message = atDensity(folded, density);
  const whole =
    message.body === all.body &&
    message.fields.length === all.fields.length &&
    !message.image === !all.image &&
    !isShortened(message, parseMarkdown);
  return { message, whole };
}

/** Fills in from the about what was left out. */
function filledIn({ fold: _, ...parts }: EventParts, input: FrameInput): Message {
  const { about, receivedAt, senderName, otherwise, notify } = input;
  const severity = parts.severity ?? about.severity ?? 'info';
  const url = webUrl(parts.title?.url) ?? about.url;
  const occurredAt = parts.occurredAt ?? parseMoment(about.occurredAt)?.toISOString() ?? receivedAt.toISOString();
  return toMessage({
    ...parts,
    severity,
    mark: parts.mark ?? toMark({ severity, state: about.state }),
    title: { text: parts.title?.text.trim() || about.title.trim() || otherwise, ...(url && { url }) },
    footer: contextLine({ about, senderName, added: parts.footer }),
    occurredAt,
    ...(notify && { notify }),
    ...(notify === 'never' && { mentions: parts.mentions?.map(({ name }) => ({ name, ids: {} })) ?? [] }),
  });
}

/** The end of something old needs no large card. */
function foldsAway({ fold }: EventParts, { mark }: Message, about: About): boolean {
  return fold ?? (mark === 'good' && !isOpen(about) && isRecovered(about));
}
