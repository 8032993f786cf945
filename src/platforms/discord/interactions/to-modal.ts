import { type Command, type Form, type Option, optionsOf, type Suggestion } from '../../../core/command/command.ts';
import { toWords } from '../../../core/text/line.ts';

/** Longer custom ids, labels and values are refused. https://discord.com/developers/docs/components/reference */
const TITLE_LENGTH = 45;
const LABEL_LENGTH = 45;
const TEXT_LENGTH = 4000;
const OPTION_LENGTH = 100;
const FIELDS = 5;
const MENU_OPTIONS = 25;
/** The channels that can be picked: text, announcements and threads, voice with its text, forums. */
export const CHANNEL_TYPES = [0, 2, 5, 10, 11, 12, 15];

export interface ModalParts {
  readonly form: Form;
  readonly command: Command;
  readonly customId: string;
  /** All that could stand in an option. */
  readonly suggest: (option: string) => Promise<readonly Suggestion[]>;
}

/** A form as a Discord modal: at most five fields, those that must be filled in first. */
export async function toModal({ form, command, customId, suggest }: ModalParts) {
  const options = optionsOf(form, command);
  const known = form.ask.flatMap((name) => (options[name] ? [{ name, option: options[name] }] : []));
  const asked = [...known].sort((a, b) => Number(isOptional(a.option)) - Number(isOptional(b.option))).slice(0, FIELDS);
  const inOrder = known.filter((field) => asked.includes(field));
  const components = await Promise.all(
    inOrder.map(async ({ name, option }) => ({
      type: 18,
      label: cut(option.label ?? toWords(name), LABEL_LENGTH),
      description: cut(option.description || name, OPTION_LENGTH),
      component: await toInput(name, option, { value: form.options[name], suggest }),
    })),
  );
  return { custom_id: customId, title: cut(form.title, TITLE_LENGTH), components };
}

/** Whether a modal can hold what is given already: of a longer text a part would be lost. */
export function fitsModal({ ask, options }: Form): boolean {
  return ask.every((name) => (options[name] ?? '').length <= TEXT_LENGTH);
}

function isOptional({ optional, type }: Option): boolean {
  return optional === true || type === 'flag' || type === 'pairs';
}

async function toInput(
  name: string,
  option: Option,
  { value, suggest }: { readonly value: string | undefined; readonly suggest: ModalParts['suggest'] },
): Promise<object> {
  const shared = { custom_id: name, required: !isOptional(option) };
  if (option.type === 'channel' && (!value || /^<#\d+>$/.test(value))) {
    const chosen = value && { default_values: [{ id: value.slice(2, -1), type: 'channel' }] };
    return { type: 8, ...shared, channel_types: CHANNEL_TYPES, ...chosen };
  }
  const offered =
    option.type === 'flag'
      ? YES_NO
      : option.choices
        ? option.choices.map(toSuggestion)
        : option.complete
          ? await suggest(name)
          : [];
  const chosen = offered.some((suggestion) => suggestion.value === value);
  // A menu takes nothing but what it offers, so it is used only where that is all there is. Of more, one is typed.
  const closed =
    (option.choices || option.type === 'flag' || CLOSED.includes(option.complete ?? '')) && (!value || chosen);
  if (closed && offered.length > 0 && offered.length <= MENU_OPTIONS && offered.every(fitsMenu)) {
    const options = offered.map((suggestion) => ({
      label: cut(suggestion.label || suggestion.value, OPTION_LENGTH),
      value: suggestion.value,
      ...(suggestion.value === value && { default: true }),
    }));
    return { type: 3, ...shared, options };
  }
  return {
    type: 4,
    ...shared,
    style: option.long ? 2 : 1,
    max_length: TEXT_LENGTH,
    ...(value && { value: value.slice(0, TEXT_LENGTH) }),
    ...(option.example && { placeholder: cut(option.example, OPTION_LENGTH) }),
  };
}

const CLOSED: readonly string[] = ['endpoint', 'provider', 'mute'];
const YES_NO = ['yes', 'no'].map(toSuggestion);

function toSuggestion(value: string): Suggestion {
  return { value, label: value };
}

function fitsMenu({ value }: Suggestion): boolean {
  return value.length >= 1 && value.length <= OPTION_LENGTH;
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
