import { decodeAction, type TravellingCommand } from '../../../core/message/action-text.ts';
import { listOf, partOf, textOf } from '../connection/answer-parts.ts';

/** The command that a clicked button or a chosen menu entry carries; nothing for a button that only opens a page. */
export function commandOf(action: unknown): TravellingCommand | undefined {
  const text = textOf(action, 'value') ?? textOf(action, 'selected_option', 'value');
  return text ? decodeAction(text) : undefined;
}

/** The commands that a message's buttons and menus carry. */
export function commandsIn(message: unknown): readonly TravellingCommand[] {
  const blocks = [
    ...listOf(message, 'blocks'),
    ...listOf(message, 'attachments').flatMap((attachment) => listOf(attachment, 'blocks')),
  ];
  const elements = blocks.flatMap((block) => [...listOf(block, 'elements'), partOf(block, 'accessory')]);
  const carriers = elements.flatMap((element) => [element, ...listOf(element, 'options')]);
  return carriers.flatMap((carrier) => commandOf(carrier) ?? []);
}
