import type { Form, Option, Suggestion } from '../../../core/command/command.ts';
import { oneLine } from '../../../core/text/clean-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { toWords } from '../../../core/text/line.ts';
import { slackLength } from '../message/mrkdwn.ts';
import { type PlainText, plainTextObject, type SlackBlock } from '../message/payload.ts';

/** A modal. https://docs.slack.dev/reference/views/modal-views */
export interface ModalView {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly title: PlainText;
  readonly submit?: PlainText;
  readonly close: PlainText;
  readonly private_metadata: string;
  readonly blocks: readonly (InputBlock | SlackBlock)[];
}

interface InputBlock {
  readonly type: 'input';
  readonly block_id: string;
  readonly optional: boolean;
  readonly label: PlainText;
  readonly hint?: PlainText;
  readonly element: Readonly<Record<string, unknown>>;
}

export interface FormParts {
  readonly options: Readonly<Record<string, Option>>;
  /** What a list is made of, for the options that have one. */
  readonly lists: ReadonlyMap<string, readonly Suggestion[]>;
  /** The options whose list is too long to be shown whole, so that one types to find, each with what is known already. */
  readonly searched: ReadonlyMap<string, { readonly given: Suggestion | undefined }>;
  /** The ids of the channels that are named already. */
  readonly channels: ReadonlyMap<string, string>;
  readonly metadata: string;
}

export const FORM = 'form';
const TITLE = 24;
const HINT = 200;
const PLACEHOLDER = 150;
const TEXT = 3_000;
const LIST = 100;
const OPTION_TEXT = 75;
const OPTION_VALUE = 150;
const METADATA = 3_000;

/** A modal that asks for a command's options; nothing when it would have to carry more than Slack allows. */
export function toFormView(form: Form, parts: FormParts): ModalView | undefined {
  const asked = [...new Set(form.ask)].filter((name) => Object.hasOwn(parts.options, name));
  if (
    parts.metadata.length > METADATA ||
    asked.length === 0 ||
    asked.some((name) => givenFor(form, name).length > TEXT)
  )
    return undefined;
  return {
    type: 'modal',
    callback_id: FORM,
    title: plain(form.title, TITLE),
    submit: plain(form.submit, TITLE),
    close: plainTextObject('Cancel'),
    private_metadata: parts.metadata,
    blocks: asked.flatMap((name) => {
      const option = parts.options[name];
      return option ? [toInput(name, option, givenFor(form, name), parts)] : [];
    }),
  };
}

/** What is known of an option already; a name that every object has by nature counts for nothing. */
export function givenFor({ options }: Pick<Form, 'options'>, name: string): string {
  return Object.hasOwn(options, name) ? (options[name] ?? '') : '';
}

function toInput(name: string, option: Option, given: string, parts: FormParts): InputBlock {
  return {
    type: 'input',
    block_id: name,
    optional: option.optional === true || option.type === 'flag' || option.type === 'pairs',
    label: plain(option.label ?? toWords(name), HINT),
    ...(option.type !== 'flag' && { hint: plain(option.description, HINT) }),
    element: { action_id: 'value', ...toElement(name, option, given, parts) },
  };
}

function toElement(
  name: string,
  option: Option,
  given: string,
  { lists, searched, channels }: FormParts,
): Readonly<Record<string, unknown>> {
  const search = searched.get(name);
  const [preset] = toListOptions(search?.given ? [search.given] : []);
  if (search && (preset || !given))
    return { type: 'external_select', min_query_length: 0, ...(preset && { initial_option: preset }) };
  const list = lists.get(name) ?? option.choices?.map((value) => ({ value, label: value })) ?? [];
  const initial = list.find(({ value }) => value === given);
  if (option.type === 'flag') {
    const options = [{ text: plain(option.description, OPTION_TEXT), value: 'true' }];
    return { type: 'checkboxes', options, ...(given && { initial_options: options }) };
  }
  const chosen = channels.get(name);
  if (option.type === 'channel' && (chosen || !given)) {
    const preset = chosen ? { initial_conversation: chosen } : { default_to_current_conversation: true };
    return {
      type: 'conversations_select',
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      ...preset,
    };
  }
  if (list.length > 0 && list.length <= LIST && list.every(fitsList) && (!given || initial)) {
    return {
      type: 'static_select',
      options: list.map(toListOption),
      ...(initial && { initial_option: toListOption(initial) }),
    };
  }
  return {
    type: 'plain_text_input',
    max_length: TEXT,
    multiline: option.long === true || option.type === 'pairs',
    ...(option.example && { placeholder: plain(option.example, PLACEHOLDER) }),
    ...(given && { initial_value: given }),
  };
}

export interface ListOption {
  readonly text: PlainText;
  readonly value: string;
}

/** The entries of a list, as many as Slack shows. */
export function toListOptions(suggestions: readonly Suggestion[]): readonly ListOption[] {
  return suggestions.filter(fitsList).slice(0, LIST).map(toListOption);
}

const fitsList = ({ value }: Suggestion) => value !== '' && slackLength(value) <= OPTION_VALUE;

const toListOption = ({ value, label }: Suggestion): ListOption => ({
  text: plain(label || value, OPTION_TEXT),
  value,
});

function plain(text: string, limit: number): PlainText {
  return plainTextObject(cutText(oneLine(text) || '…', limit, slackLength));
}
