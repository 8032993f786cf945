/** Every address that a Slack payload makes a link of: those of its link elements, and those between angle brackets in mrkdwn. */
export function linkedAddresses(payload: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  collect(payload, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { type, url, text } = value as Readonly<Record<string, unknown>>;
  if (typeof url === 'string') add(url, found);
  if (type === 'mrkdwn' && typeof text === 'string')
    for (const [, address = ''] of text.matchAll(/<((?:https?:|mailto:)[^|>]+)/gi)) add(unescaped(address), found);
  for (const inner of Object.values(value)) collect(inner, found);
}

function add(address: string, found: Set<string>): void {
  if (URL.canParse(address)) found.add(new URL(address).href);
}

/** Slack writes three characters as entities: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
