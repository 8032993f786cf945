/**
 * What Discord accepts in a message, written from its documentation, without a line of the code under test. It covers
 * what Discord's OpenAPI document leaves out: the sum of an embed, rows, ids, blank texts.
 */
type Json = Record<string, unknown>;
type Report = (pointer: string, problem: string) => void;

/** Everything Discord would refuse in a message payload. */
export function validateDiscordMessage(payload: unknown): string[] {
  const problems: string[] = [];
  const report: Report = (pointer, problem) => problems.push(`${problem} [json-pointer:${pointer}]`);
  const {
    content = '',
    embeds = [],
    components = [],
    allowed_mentions,
  } = payload as {
    content?: string;
    embeds?: Json[];
    components?: Json[];
    allowed_mentions?: { parse?: unknown[]; users?: string[]; roles?: string[] };
  };

  if (content.length > 2000) report('/content', 'Must be 2000 or fewer in length.');
  if (embeds.length > 10) report('/embeds', 'Must be 10 or fewer in length.');
  if (content.trim() === '' && embeds.every(isBlank)) report('', 'Cannot send an empty message');
  for (const [index, embed] of embeds.entries()) checkEmbed(embed, `/embeds/${index}`, report);
  const sum = embeds.reduce((total, embed) => total + embedLength(embed), 0);
  if (sum > 6000) report('/embeds', `Embed size exceeds maximum size of 6000: ${sum}`);
  checkRows(components, report);
  if (allowed_mentions?.parse?.length !== 0) report('/allowed_mentions/parse', 'must be empty');
  if ((allowed_mentions?.users?.length ?? 0) > 100 || (allowed_mentions?.roles?.length ?? 0) > 100)
    report('/allowed_mentions', 'at most 100');
  if (JSON.stringify(payload).match(/\\ud[89a-f][0-9a-f]{2}/i)) report('', 'lone surrogate');
  return problems;
}

/** Who or what a message would ping, and every link that pretends to lead elsewhere or text that became markup. */
export function discordPings(payload: unknown): string[] {
  const { content = '', embeds = [] } = payload as { content?: string; embeds?: Json[] };
  const markup = [content];
  const plain: string[] = [];
  for (const { title, description, fields, author, footer } of embeds) {
    markup.push(String(title ?? ''), String(description ?? ''));
    for (const { name, value } of (fields ?? []) as Json[]) markup.push(String(name), String(value));
    plain.push(String((author as Json)?.name ?? ''), String((footer as Json)?.text ?? ''));
  }
  return [
    ...markup.flatMap(inMarkdown),
    ...plain.flatMap((text) => text.match(/@(?:everyone|here)|<[@#:/]\S*>/gi) ?? []),
  ];
}

const LIVE =
  /^(?:@(?:everyone|here)|<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|<\/[^>]+:\d+>|<id:\w+>|:[\w+~-]+:|https?:\/\/\S+)/i;
const MOMENT = /^<t:-?\d+:[tTdDfFR]>/;
const MASKED = /^\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)/;

/** Reads like a client: escapes and code first, then whatever means something. */
function inMarkdown(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const inert =
      /^\\[^0-9A-Za-z\s]|^```[\s\S]*?```|^(`+)[\s\S]*?[^`]\1(?!`)|^<https?:\/\/[^\s<>]+>/.exec(rest) ??
      MOMENT.exec(rest);
    const masked = inert ? null : MASKED.exec(rest);
    const live = inert || masked ? null : LIVE.exec(rest);
    if (masked) found.push(...spoofs(masked[1] ?? '', masked[2] ?? ''));
    if (live) found.push(live[0].replace(/^<@[!&]?(\d+)>$/, '$1'));
    at += (inert ?? masked ?? live)?.[0].length ?? 1;
  }
  return found;
}

function spoofs(label: string, url: string): string[] {
  if (!/^https?:\/\//.test(url)) return [`link to ${url}`];
  const real = new URL(url).host;
  const shown = label.replace(/\\(.)/g, '$1');
  const lies = [...shown.matchAll(/https?:\/\/([^\s/?#]+)/gi)].some(([, claimed]) => claimed?.toLowerCase() !== real);
  return lies && !shown.includes(`(${real})`) ? [`${shown} leads to ${url}`] : [];
}

function isBlank({ title, description, fields, image, author, footer }: Json): boolean {
  return !title && !description && !(fields as unknown[])?.length && !image && !author && !footer;
}

function embedLength({ title, description, fields, author, footer }: Json): number {
  const texts = [title, description, (author as Json)?.name, (footer as Json)?.text];
  for (const { name, value } of (fields ?? []) as Json[]) texts.push(name, value);
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.length : 0), 0);
}

function checkEmbed(
  { title, description, url, color, fields, author, footer, image, timestamp }: Json,
  at: string,
  report: Report,
): void {
  if (title !== undefined) checkLength(title, `${at}/title`, 256, report);
  if (description !== undefined) checkLength(description, `${at}/description`, 4096, report);
  if (url !== undefined) checkUrl(url, `${at}/url`, 2048, report);
  if (color !== undefined && !(Number.isInteger(color) && Number(color) >= 0 && Number(color) <= 0xffffff))
    report(`${at}/color`, 'bad color');
  if (timestamp !== undefined && Number.isNaN(Date.parse(String(timestamp))))
    report(`${at}/timestamp`, 'bad timestamp');
  if (image !== undefined) checkUrl((image as Json).url, `${at}/image/url`, 2048, report);
  if (footer !== undefined) checkLength((footer as Json).text, `${at}/footer/text`, 2048, report);
  if (author !== undefined) {
    const { name, url, icon_url } = author as Json;
    checkLength(name, `${at}/author/name`, 256, report);
    if (url !== undefined) checkUrl(url, `${at}/author/url`, 2048, report);
    if (icon_url !== undefined) checkUrl(icon_url, `${at}/author/icon_url`, 2048, report);
  }
  const list = (fields ?? []) as Json[];
  if (list.length > 25) report(`${at}/fields`, 'Must be 25 or fewer in length.');
  for (const [index, { name, value }] of list.entries()) {
    checkLength(name, `${at}/fields/${index}/name`, 256, report);
    checkLength(value, `${at}/fields/${index}/value`, 1024, report);
  }
}

function checkRows(rows: readonly Json[], report: Report): void {
  const ids = new Set<string>();
  if (rows.length > 5) report('/components', 'Must be 5 or fewer in length.');
  for (const [index, { type, components }] of rows.entries()) {
    const at = `/components/${index}`;
    const parts = components as Json[];
    if (type !== 1) report(at, 'not an action row');
    const menus = parts.filter((part) => part.type === 3).length;
    if (parts.length < 1 || parts.length > 5 || (menus > 0 && parts.length > 1)) report(at, 'five buttons or one menu');
    for (const [place, part] of parts.entries()) checkComponent(part, `${at}/components/${place}`, ids, report);
  }
}

function checkComponent(part: Json, at: string, ids: Set<string>, report: Report): void {
  const link = part.type === 2 && part.style === 5;
  if (link === 'custom_id' in part || link !== 'url' in part) report(at, 'a link has a url, anything else a custom_id');
  if (link) checkUrl(part.url, `${at}/url`, 512, report);
  else {
    checkLength(part.custom_id, `${at}/custom_id`, 100, report);
    if (ids.has(String(part.custom_id))) report(`${at}/custom_id`, 'Component custom id cannot be duplicated');
    ids.add(String(part.custom_id));
  }
  if (part.type === 2) {
    if (![1, 2, 3, 4, 5].includes(Number(part.style))) report(`${at}/style`, 'bad style');
    checkLength(part.label, `${at}/label`, 80, report);
  } else if (part.type === 3) {
    const options = part.options as Json[];
    checkLength(part.placeholder, `${at}/placeholder`, 150, report);
    if (options.length < 1 || options.length > 25) report(`${at}/options`, 'between 1 and 25 options');
    if (new Set(options.map(({ value }) => value)).size !== options.length)
      report(`${at}/options`, 'values must be unique');
    for (const [place, { label, value }] of options.entries()) {
      checkLength(label, `${at}/options/${place}/label`, 100, report);
      checkLength(value, `${at}/options/${place}/value`, 100, report);
    }
  } else report(at, 'bad type');
}

function checkLength(text: unknown, at: string, limit: number, report: Report): void {
  if (typeof text !== 'string' || text.trim() === '') report(at, 'This field is required');
  else if (text.length > limit) report(at, `Must be ${limit} or fewer in length.`);
}

function checkUrl(url: unknown, at: string, limit: number, report: Report): void {
  if (!isWellFormed(url)) report(at, 'Not a well formed URL.');
  else if (String(url).length > limit) report(at, `Must be ${limit} or fewer in length.`);
}

/** As people have reported: Discord wants a dot in the host. https://github.com/go-gitea/gitea/issues/14379 */
function isWellFormed(url: unknown): boolean {
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) return false;
  return URL.parse(url)?.hostname.replace(/\.$/, '').includes('.') ?? false;
}
