/**
 * What Slack accepts in a message, written from its documentation and from refusals people reported, without a line of
 * the code under test. Problems carry the place, as Slack's own do.
 */
type Json = Record<string, unknown>;
type Report = (pointer: string, problem: string) => void;

const TEXT_BYTES = 3800;
const TOTAL_BLOCKS = 50;
const TOTAL_CHARACTERS = 9000;

/** Everything Slack would refuse in a `chat.postMessage` payload. */
export function validateSlackMessage(payload: unknown): string[] {
  const problems: string[] = [];
  const report: Report = (pointer, problem) => problems.push(`${problem} [json-pointer:${pointer}]`);
  const { text, blocks, attachments } = payload as { text?: unknown; blocks?: Json[]; attachments?: Json[] };

  if (typeof text !== 'string' || text.trim() === '') report('/text', 'no_text');
  else if (Buffer.byteLength(text) > TEXT_BYTES) report('/text', 'msg_too_long');
  if ((attachments?.length ?? 0) > 20) report('/attachments', 'too_many_attachments');
  checkBlocks(blocks ?? [], '/blocks', report);
  for (const [index, attachment] of (attachments ?? []).entries()) {
    if (!/^(good|warning|danger|#[0-9a-f]{6})$/i.test(String(attachment.color)))
      report(`/attachments/${index}/color`, 'bad color');
    checkBlocks(attachment.blocks as Json[], `/attachments/${index}/blocks`, report);
  }

  const every = [...(blocks ?? []), ...(attachments ?? []).flatMap((attachment) => attachment.blocks as Json[])];
  if (every.length > TOTAL_BLOCKS) report('', 'too many blocks');
  if (every.filter(({ type }) => type === 'table').length > 1) report('', 'only_one_table_allowed');
  const counted = every.reduce((sum, block) => sum + 100 + escapedLength(shownText(block).join('')), 0);
  if (counted > TOTAL_CHARACTERS) report('', `msg_blocks_too_long: ${counted}`);
  if (JSON.stringify(payload).match(/\\ud[89a-f][0-9a-f]{2}/i)) report('', 'lone surrogate');
  return problems;
}

/** Who or what a message would ping, and every link that pretends to lead elsewhere or text that became markup. */
export function slackPings(payload: unknown): string[] {
  const found: string[] = [];
  walk(payload, (node) => {
    if (node.type === 'user') found.push(String(node.user_id));
    if (node.type === 'usergroup') found.push(String(node.usergroup_id));
    if (node.type === 'broadcast' || node.type === 'channel' || node.type === 'emoji')
      found.push(`${node.type} element`);
    if (node.type === 'link' && typeof node.text === 'string') found.push(...spoofs(node.text, String(node.url)));
    if (node.type === 'mrkdwn') found.push(...inMrkdwn(String(node.text)));
  });
  const { text, attachments } = payload as { text: string; attachments?: { fallback?: string }[] };
  for (const line of [text, ...(attachments ?? []).map(({ fallback }) => fallback ?? '')])
    found.push(...inMrkdwn(line));
  return found;
}

function inMrkdwn(text: string): string[] {
  const found: string[] = [];
  const rest = text.replace(/<([^<>]*)>/g, (_, token: string) => {
    const [target = '', label = ''] = token.split('|');
    if (target.startsWith('@')) found.push(target.slice(1));
    else if (target.startsWith('!subteam^')) found.push(target.slice(9));
    else if (/^(https?:|mailto:)/.test(target)) found.push(...spoofs(label, target));
    else if (!/^!date\^\d+\^[^^]*\{/.test(target)) found.push(`<${token}>`);
    return ' ';
  });
  if (/[<>]/.test(rest)) found.push(`raw bracket in ${text}`);
  if (/&(?!amp;|lt;|gt;)/.test(rest)) found.push(`raw ampersand in ${text}`);
  if (/:[a-z0-9_+-]+:/i.test(rest)) found.push(`emoji in ${text}`);
  return found;
}

function spoofs(label: string, url: string): string[] {
  const real = new URL(url).host || url.split('@').at(-1);
  return [...label.matchAll(/https?:\/\/([^\s/?#]+)/gi)].some(([, claimed]) => claimed?.toLowerCase() !== real) &&
    !label.includes(`(${real})`)
    ? [`${label} leads to ${url}`]
    : [];
}

function checkBlocks(blocks: readonly Json[], at: string, report: Report): void {
  if (blocks.length > TOTAL_BLOCKS) report(at, 'no more than 50 items allowed');
  const actionIds = new Set<string>();
  for (const [index, block] of blocks.entries()) checkBlock(block, `${at}/${index}`, report, actionIds);
}

function checkBlock(block: Json, at: string, report: Report, actionIds: Set<string>): void {
  const elements = (block.elements ?? []) as Json[];
  switch (block.type) {
    case 'divider':
      return;
    case 'section': {
      const fields = block.fields as Json[] | undefined;
      if (!block.text && !fields?.length) report(at, 'missing required field: text');
      if (block.text) checkText(block.text as Json, `${at}/text`, 3000, report);
      if ((fields?.length ?? 0) > 10) report(`${at}/fields`, 'no more than 10 items allowed');
      for (const [index, field] of (fields ?? []).entries()) checkText(field, `${at}/fields/${index}`, 2000, report);
      return;
    }
    case 'context':
      if (elements.length < 1 || elements.length > 10) report(`${at}/elements`, 'between 1 and 10 items');
      for (const [index, element] of elements.entries()) {
        if (element.type === 'image') checkImage(element, `${at}/elements/${index}`, report);
        else checkText(element, `${at}/elements/${index}`, 2000, report);
      }
      return;
    case 'image':
      checkImage(block, at, report);
      return;
    case 'rich_text':
      checkRichText(elements, `${at}/elements`, report);
      return;
    case 'table':
      checkTable(block, at, report);
      return;
    case 'actions':
      if (elements.length < 1 || elements.length > 25) report(`${at}/elements`, 'between 1 and 25 items');
      for (const [index, element] of elements.entries())
        checkAction(element, `${at}/elements/${index}`, report, actionIds);
      return;
    default:
      report(at, `unsupported type: ${block.type}`);
  }
}

function checkText(text: Json, at: string, limit: number, report: Report): void {
  if (text.type !== 'plain_text' && text.type !== 'mrkdwn') report(at, `unsupported type: ${text.type}`);
  if (text.type === 'mrkdwn' && 'emoji' in text) report(at, 'emoji is for plain_text');
  checkLength(text.text, `${at}/text`, limit, report);
}

function checkLength(text: unknown, at: string, limit: number, report: Report): void {
  if (typeof text !== 'string' || text.trim() === '') report(at, 'must be more than 0 characters');
  else if ([...text].length > limit) report(at, `must be less than ${limit + 1} characters`);
}

function checkUrl(url: unknown, at: string, report: Report, schemes = /^https?:\/\//): void {
  if (typeof url !== 'string' || !schemes.test(url) || !URL.canParse(url) || /[\s<>|"]/.test(url))
    report(at, 'invalid url');
  else if (url.length > 3000) report(at, 'must be less than 3001 characters');
}

function checkImage(image: Json, at: string, report: Report): void {
  checkUrl(image.image_url, `${at}/image_url`, report);
  checkLength(image.alt_text, `${at}/alt_text`, 2000, report);
}

function checkRichText(parts: readonly Json[], at: string, report: Report): void {
  if (parts.length === 0) report(at, 'missing element');
  for (const [index, part] of parts.entries()) {
    const place = `${at}/${index}/elements`;
    const elements = part.elements as Json[];
    if (!elements?.length) report(place, 'missing element');
    if (part.type === 'rich_text_list') {
      if (!['bullet', 'ordered'].includes(String(part.style))) report(at, 'bad list style');
      if (!(Number(part.indent ?? 0) >= 0 && Number(part.indent ?? 0) <= 8)) report(at, 'bad indent');
      checkRichText(elements, place, report);
    } else if (/^rich_text_(section|quote|preformatted)$/.test(String(part.type))) {
      const plainOnly = part.type === 'rich_text_preformatted';
      for (const [inner, element] of elements.entries()) checkElement(element, `${place}/${inner}`, report, plainOnly);
    } else report(at, `unsupported type: ${part.type}`);
  }
}

function checkElement(element: Json, at: string, report: Report, plainOnly: boolean): void {
  if (plainOnly && element.type !== 'text' && element.type !== 'link') report(at, 'only text and links here');
  if (
    element.style &&
    !Object.entries(element.style).every(([name, on]) => /^(bold|italic|strike|code)$/.test(name) && on === true)
  ) {
    report(`${at}/style`, 'bad style');
  }
  switch (element.type) {
    case 'text':
      if (typeof element.text !== 'string' || element.text === '')
        report(`${at}/text`, 'must be more than 0 characters');
      return;
    case 'link':
      checkUrl(element.url, `${at}/url`, report, /^(https?:\/\/|mailto:)/);
      if (element.text === '') report(`${at}/text`, 'must be more than 0 characters');
      return;
    case 'user':
    case 'usergroup':
      if (!/^[UWS][A-Z0-9]+$/.test(String(element[`${element.type}_id`]))) report(at, 'invalid id');
      return;
    case 'date':
      if (!Number.isInteger(element.timestamp) || !/\{\w+\}/.test(String(element.format))) report(at, 'invalid date');
      return;
    default:
      report(at, `unsupported type: ${element.type}`);
  }
}

function checkTable(table: Json, at: string, report: Report): void {
  const rows = table.rows as Json[][];
  const settings = (table.column_settings ?? []) as Json[];
  if (rows.length < 1 || rows.length > 100) report(`${at}/rows`, 'between 1 and 100 rows');
  if (settings.length > 20 || settings.some(({ align }) => !['left', 'center', 'right'].includes(String(align)))) {
    report(`${at}/column_settings`, 'bad columns');
  }
  for (const [index, row] of rows.entries()) {
    if (row.length < 1 || row.length > 20 || row.length !== rows[0]?.length)
      report(`${at}/rows/${index}`, 'between 1 and 20 cells, as many as the first row');
    for (const cell of row) {
      if (cell.type === 'rich_text') checkRichText(cell.elements as Json[], `${at}/rows/${index}`, report);
      else checkLength(cell.text, `${at}/rows/${index}`, 3000, report);
    }
  }
  if (shownText(table).join('').length > 10_000) report(at, 'table too long');
}

function checkAction(element: Json, at: string, report: Report, actionIds: Set<string>): void {
  const id = String(element.action_id);
  if (id === '' || id.length > 255 || actionIds.has(id))
    report(`${at}/action_id`, 'must be unique and at most 255 characters');
  actionIds.add(id);
  if (element.type === 'overflow') {
    const options = element.options as Json[];
    if (options.length < 1 || options.length > 5) report(`${at}/options`, 'between 1 and 5 options');
    for (const option of options) {
      checkText(option.text as Json, `${at}/options`, 75, report);
      checkLength(option.value, `${at}/options/value`, 150, report);
    }
    return;
  }
  if (element.type !== 'button') {
    report(at, `unsupported type: ${element.type}`);
    return;
  }
  checkText(element.text as Json, `${at}/text`, 75, report);
  if (element.url !== undefined) checkUrl(element.url, `${at}/url`, report);
  if (element.value !== undefined) checkLength(element.value, `${at}/value`, 2000, report);
  if (element.style !== undefined && element.style !== 'primary' && element.style !== 'danger')
    report(`${at}/style`, 'bad style');
  const confirm = element.confirm as Record<string, Json> | undefined;
  if (!confirm) return;
  for (const [part, limit] of Object.entries({ title: 100, text: 300, confirm: 30, deny: 30 })) {
    checkText(confirm[part] as Json, `${at}/confirm/${part}`, limit, report);
  }
}

const SHOWN = new Set(['text', 'alt_text', 'url', 'image_url', 'fallback']);

/** All text of a block; the address behind a button or a menu's entry is none. */
function shownText(value: unknown): string[] {
  const found: string[] = [];
  walk(value, (node) => {
    for (const [key, part] of Object.entries(node)) {
      if (typeof part === 'string' && SHOWN.has(key) && !(key === 'url' && (node.type === 'button' || 'value' in node)))
        found.push(part);
    }
  });
  return found;
}

function escapedLength(text: string): number {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').length;
}

function walk(value: unknown, visit: (node: Json) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Json);
  for (const part of Object.values(value)) walk(part, visit);
}
