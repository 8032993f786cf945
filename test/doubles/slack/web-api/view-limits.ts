import type { Json } from '../workspace.ts';

// https://docs.slack.dev/reference/views
const BLOCKS = 100;
const TITLE = 24;
const METADATA = 3_000;
const CALLBACK = 255;
const LABEL = 2_000;
const OPTIONS = 100;
const OPTION_TEXT = 75;
const OPTION_VALUE = 150;
const INITIAL = 3_000;
const BLOCK_TYPES = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'video',
  'alert',
];

/** What is wrong with a modal or Home tab, each with a pointer to the place. */
export function validateView(view: Json): string[] {
  const problems: string[] = [];
  const say = (pointer: string, problem: string) => problems.push(`${problem} [json-pointer:${pointer}]`);
  const plain = (pointer: string, value: unknown, limit: number) => {
    const { type, text } = object(value);
    if (type !== 'plain_text') say(`${pointer}/type`, 'must be plain_text');
    within(pointer, text, 1, limit);
  };
  const within = (pointer: string, text: unknown, least: number, most: number) => {
    const length = typeof text === 'string' ? [...text].length : -1;
    if (length < least) say(pointer, `must be more than ${least - 1} characters`);
    if (length > most) say(pointer, `must be less than ${most + 1} characters`);
  };

  const blocks = Array.isArray(view.blocks) ? (view.blocks as Json[]) : [];
  if (!Array.isArray(view.blocks)) say('/blocks', 'is missing');
  if (blocks.length > BLOCKS) say('/blocks', `no more than ${BLOCKS} items allowed`);
  if (view.private_metadata !== undefined) within('/private_metadata', view.private_metadata, 0, METADATA);
  if (view.callback_id !== undefined) within('/callback_id', view.callback_id, 1, CALLBACK);
  if (view.type === 'modal') {
    plain('/title', view.title, TITLE);
    if (view.submit !== undefined) plain('/submit', view.submit, TITLE);
    if (view.close !== undefined) plain('/close', view.close, TITLE);
    if (view.submit === undefined && blocks.some(({ type }) => type === 'input'))
      say('/submit', 'is needed by an input');
  }

  const ids = blocks.map(({ block_id }) => block_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) say('/blocks', 'block_id must be unique');
  for (const [index, block] of blocks.entries()) checkBlock(`/blocks/${index}`, block);
  return problems;

  function checkBlock(pointer: string, block: Json) {
    if (!BLOCK_TYPES.includes(String(block.type))) say(`${pointer}/type`, `unsupported type: ${block.type}`);
    if (block.block_id !== undefined) within(`${pointer}/block_id`, block.block_id, 1, CALLBACK);
    if (block.type === 'header') plain(`${pointer}/text`, block.text, 150);
    if (block.type === 'section' && block.text) within(`${pointer}/text/text`, object(block.text).text, 1, 3_000);
    if (block.type === 'section' && !block.text && !block.fields) say(pointer, 'needs text or fields');
    if (block.type !== 'input') return;
    plain(`${pointer}/label`, block.label, LABEL);
    if (block.hint !== undefined) plain(`${pointer}/hint`, block.hint, LABEL);
    checkElement(`${pointer}/element`, object(block.element));
  }

  function checkElement(pointer: string, element: Json) {
    if (element.action_id !== undefined) within(`${pointer}/action_id`, element.action_id, 1, CALLBACK);
    if (element.placeholder !== undefined) plain(`${pointer}/placeholder`, element.placeholder, 150);
    if (element.type === 'plain_text_input') {
      if (element.initial_value !== undefined) within(`${pointer}/initial_value`, element.initial_value, 0, INITIAL);
      if (Number(element.max_length ?? 1) > INITIAL) say(`${pointer}/max_length`, `must be at most ${INITIAL}`);
    }
    if (element.type === 'external_select') {
      if (!Number.isInteger(element.min_query_length ?? 3)) say(`${pointer}/min_query_length`, 'must be a number');
      const preset = element.initial_option as Json | undefined;
      if (preset) problems.push(...validateOptions([preset]).map((problem) => `${pointer}${problem}`));
      return;
    }
    if (!['static_select', 'checkboxes', 'radio_buttons'].includes(String(element.type))) return;
    const options = Array.isArray(element.options) ? (element.options as Json[]) : [];
    const most = element.type === 'static_select' ? OPTIONS : 10;
    if (options.length < 1 || options.length > most) say(`${pointer}/options`, `must have 1 to ${most} items`);
    for (const [index, option] of options.entries()) {
      within(`${pointer}/options/${index}/text/text`, object(option.text).text, 1, OPTION_TEXT);
      within(`${pointer}/options/${index}/value`, option.value, 1, OPTION_VALUE);
    }
    const initial = element.initial_option as Json | undefined;
    if (initial && !options.some((option) => JSON.stringify(option) === JSON.stringify(initial))) {
      say(`${pointer}/initial_option`, 'must be one of the options');
    }
  }
}

/** What is wrong with what a menu offers for what was typed. */
export function validateOptions(options: readonly Json[]): string[] {
  const problems = options.length > OPTIONS ? [`no more than ${OPTIONS} options`] : [];
  for (const [index, { text, value }] of options.entries()) {
    const label = object(text);
    const words = typeof label.text === 'string' ? [...label.text].length : 0;
    if (label.type !== 'plain_text' || words < 1 || words > OPTION_TEXT) problems.push(`/options/${index}/text`);
    const length = typeof value === 'string' ? [...value].length : 0;
    if (length < 1 || length > OPTION_VALUE) problems.push(`/options/${index}/value`);
  }
  return problems;
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
