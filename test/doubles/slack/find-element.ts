import type { Json } from './workspace.ts';

/** A button or menu entry that was found, as an interaction names it. */
export interface Found {
  readonly element: Json;
  readonly action: Json;
}

/** Finds a button, or an entry of an overflow menu, by its label or action id. */
export function findElement(
  { blocks = [], attachments = [] }: { blocks?: readonly Json[]; attachments?: readonly Json[] },
  wanted: string,
): Found | undefined {
  const all = [
    ...blocks,
    ...attachments.flatMap((attachment) => (attachment.blocks as readonly Json[] | undefined) ?? []),
  ];
  for (const [index, block] of all.entries()) {
    const elements =
      (block.elements as readonly Json[] | undefined) ?? (block.accessory ? [block.accessory as Json] : []);
    for (const element of elements) {
      const block_id = block.block_id ?? `b${index}`;
      const shared = { type: element.type, action_id: element.action_id, block_id, action_ts: '1.0' };
      if (element.type === 'button' && (labelOf(element) === wanted || element.action_id === wanted)) {
        return { element, action: { ...shared, text: element.text, value: element.value, style: element.style } };
      }
      const option = ((element.options as readonly Json[] | undefined) ?? []).find(
        (entry) => labelOf(entry) === wanted,
      );
      if (option) return { element, action: { ...shared, selected_option: option } };
    }
  }
  return undefined;
}

const labelOf = ({ text }: Json) => (text as { text?: string } | undefined)?.text;
