import { SENTINEL } from '../../core/message/message.ts';
import { linkUrl } from '../../core/message/safe-link.ts';
import type { Inline, TimeStyle } from '../../core/message/tree.ts';
import { cleanText } from '../../core/text/clean-text.ts';
import { splitUrls } from './bare-url.ts';
import { timeText } from './time-text.ts';

const STAND_IN = new RegExp(
  `${SENTINEL.open}(?:m(\\d{1,3})|t(-?\\d{1,11}):(time|date|datetime|relative))${SENTINEL.close}`,
  'g',
);

/** Literal text as nodes: stand-ins become what they stand for, bare web addresses become links. */
export function textNodes(text: string): readonly Inline[] {
  if (!text.includes(SENTINEL.open)) return plainNodes(text);
  const nodes: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(STAND_IN)) {
    nodes.push(...plainNodes(text.slice(end, match.index)), standIn(match));
    end = match.index + match[0].length;
  }
  return [...nodes, ...plainNodes(text.slice(end))];
}

/** Text for places that hold nothing but text: moments in UTC, mentions not at all. */
export function withoutStandIns(text: string): string {
  const said = text.replace(STAND_IN, (...match) => {
    const node = standIn(match as unknown as RegExpMatchArray); // `replace` hands over the groups of one match.
    return node.type === 'time' ? node.fallback : '';
  });
  return cleanText(said);
}

function standIn([, mention, unix, style]: RegExpMatchArray | RegExpExecArray): Inline {
  if (mention !== undefined) return { type: 'mention', index: Number(mention) };
  const moment = { unix: Number(unix), style: style as TimeStyle }; // The pattern admits no other.
  return { type: 'time', ...moment, fallback: timeText(moment) };
}

function plainNodes(text: string): readonly Inline[] {
  const clean = cleanText(text);
  if (clean === '') return [];
  return splitUrls(clean).map(({ text: part, url: found }): Inline => {
    const url = found && linkUrl(found);
    return url ? { type: 'link', url, children: [{ type: 'text', text: part }] } : { type: 'text', text: part };
  });
}
