import type { Json, SlackView } from './workspace.ts';

/** What Slack's own client would not let through, by label. */
export type FormValues = Readonly<Record<string, string | boolean>>;

/** A filled-in modal's `state.values`, from answers by label. Throws where Slack's client refuses to submit. */
export function toState(view: SlackView, answers: FormValues, searched: ReadonlyMap<string, Json>): Json {
  const inputs = inputsOf(view);
  const labels = inputs.map(labelOf);
  for (const name of Object.keys(answers)) {
    if (!labels.includes(name)) throw new Error(`The form has no field \`${name}\`, only ${labels.join(', ')}.`);
  }
  return {
    values: Object.fromEntries(
      inputs.map((input) => [
        input.block_id,
        answer(input, answers[labelOf(input)], { channel: view.channel, found: searched.get(String(input.block_id)) }),
      ]),
    ),
  };
}

export const inputsOf = ({ content }: SlackView) =>
  (content.blocks as readonly Json[]).filter(({ type }) => type === 'input');

export const labelOf = ({ label }: Json) => (label as { text: string }).text;

interface Circumstances {
  /** Where the modal was opened. */
  readonly channel: string | undefined;
  /** What was chosen in a menu that is typed in. */
  readonly found: Json | undefined;
}

function answer(input: Json, given: string | boolean | undefined, { channel, found }: Circumstances): Json {
  const element = input.element as Json;
  const value =
    element.type === 'external_select'
      ? { selected_option: found ?? element.initial_option ?? null }
      : filled(element, given, channel);
  if (empty(value) && input.optional !== true) throw new Error(`The field \`${labelOf(input)}\` is needed.`);
  const text = value.value;
  if (typeof text === 'string' && text.length > Number(element.max_length ?? 3_000)) {
    throw new Error(`The field \`${labelOf(input)}\` takes at most ${element.max_length} characters.`);
  }
  return { [String(element.action_id)]: { type: element.type, ...value } };
}

function filled(element: Json, given: string | boolean | undefined, channel: string | undefined): Json {
  const options = (element.options as readonly Json[] | undefined) ?? [];
  switch (element.type) {
    case 'static_select':
      return { selected_option: options.find(({ value }) => value === given) ?? element.initial_option ?? null };
    case 'checkboxes':
      return { selected_options: given === undefined ? (element.initial_options ?? []) : given ? options : [] };
    case 'conversations_select': {
      const current = element.default_to_current_conversation ? channel : undefined;
      return { selected_conversation: given ?? element.initial_conversation ?? current ?? null };
    }
    default:
      return { value: given === '' ? null : (given ?? element.initial_value ?? null) };
  }
}

const empty = (value: Json) =>
  Object.values(value).every((part) => part === null || (Array.isArray(part) && part.length === 0));
