import { safeUrl } from '../../kit/safe-url.ts';
import type { Loose } from '../read.ts';

const TOKEN = /(\*?)<([^<>|]+)(?:\|([^<>]*))?>\1|\*([^*\n<>]+)\*|[^<*]+|[<*]/g;

/**
 * The text of a section as rich text. The library reads a section's links as Markdown, and takes an address, or what stands
 * between two colons of their labels, for more than Slack does.
 */
export function toRichText(mrkdwn: string): Loose {
  const elements = Array.from(mrkdwn.matchAll(TOKEN), ([whole, bold, target, label, strong]) => {
    const style = bold || strong ? { style: { bold: true } } : {};
    if (target === undefined) return { type: 'text', text: unescaped(strong ?? whole), ...style };
    return { ...toElement(unescaped(target), unescaped(label ?? '')), ...style };
  });
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function toElement(target: string, label: string): Loose {
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice(9) };
  const url = safeUrl(target);
  return url ? { type: 'link', url, text: label || target } : { type: 'text', text: label || target };
}

/** Slack writes three characters as entities: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
