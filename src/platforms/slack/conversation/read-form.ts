import { listOf, partOf, textOf } from '../connection/answer-parts.ts';

/** What was filled in, by option, as it would be typed. What was left empty is left out. */
export function readForm(view: unknown): Readonly<Record<string, string>> {
  const values = partOf(view, 'state', 'values');
  if (typeof values !== 'object' || values === null) return {};
  const answers = Object.entries(values).map(([name, block]) => [name, readElement(partOf(block, 'value'))] as const);
  return Object.fromEntries(answers.filter(([, answer]) => answer !== ''));
}

function readElement(element: unknown): string {
  if (listOf(element, 'selected_options').length > 0) return 'true';
  const conversation = textOf(element, 'selected_conversation');
  if (conversation) return `<#${conversation}>`;
  return textOf(element, 'selected_option', 'value') ?? textOf(element, 'value')?.trim() ?? '';
}
