import type { Mention } from '../../../core/message/message.ts';
import { honestLabel, type LinkUrl } from '../../../core/message/safe-link.ts';
import type { Inline } from '../../../core/message/tree.ts';
import { inlineText, mentionText } from '../../../core/message/tree-text.ts';
import { dateFormats, isMoment } from './date-format.ts';
import type { RichTextElement, TextStyle } from './payload.ts';
import { slackMention } from './slack-mention.ts';

/** Inline nodes as elements of rich text, where all text is literal. Slack refuses empty ones, so none is empty. */
export function toElements(
  nodes: readonly Inline[],
  mentions: readonly Mention[],
  style: TextStyle = {},
): readonly RichTextElement[] {
  return nodes.flatMap((node) => elementsOf(node, mentions, style));
}

/** A text as one element, or as none when nothing is left of it. */
export function textElement(text: string, style: TextStyle = {}): readonly RichTextElement[] {
  return text === '' ? [] : [{ type: 'text', text, ...styled(style) }];
}

function elementsOf(node: Inline, mentions: readonly Mention[], style: TextStyle): readonly RichTextElement[] {
  switch (node.type) {
    case 'text':
      return textElement(node.text, style);
    case 'code':
      return textElement(node.text, { ...style, code: true });
    case 'strong':
      return toElements(node.children, mentions, { ...style, bold: true });
    case 'emphasis':
      return toElements(node.children, mentions, { ...style, italic: true });
    case 'strike':
      return toElements(node.children, mentions, { ...style, strike: true });
    case 'break':
      return [{ type: 'text', text: '\n' }];
    case 'link':
      return linkElement(node.url, inlineText(node.children, mentions), labelStyle(node.children, style));
    case 'mention': {
      const mention = slackMention(mentions[node.index]);
      return mention ? [mention] : textElement(mentionText(mentions[node.index]), style);
    }
    case 'time':
      if (!isMoment(node.unix)) return textElement(node.fallback, style);
      return [
        {
          type: 'date',
          timestamp: node.unix,
          format: dateFormats[node.style],
          fallback: node.fallback || 'a date',
        },
      ];
  }
}

/** A link whose label names no other host. */
export function linkElement(url: LinkUrl, label: string, style: TextStyle = {}): readonly RichTextElement[] {
  const text = honestLabel(label, url);
  return [{ type: 'link', url, ...(text && text !== url && { text }), ...styled(style) }];
}

/** A link has one style for its whole label. */
function labelStyle(children: readonly Inline[], style: TextStyle): TextStyle {
  const [only, ...others] = children;
  if (!only || others.length > 0) return style;
  if (only.type === 'strong') return labelStyle(only.children, { ...style, bold: true });
  if (only.type === 'emphasis') return labelStyle(only.children, { ...style, italic: true });
  if (only.type === 'strike') return labelStyle(only.children, { ...style, strike: true });
  return only.type === 'code' ? { ...style, code: true } : style;
}

function styled(style: TextStyle): { readonly style?: TextStyle } {
  return style.bold || style.italic || style.strike || style.code ? { style } : {};
}
