/**
 * What somebody typed after a command, from the way Slack sends it: links lose their brackets and entities become
 * characters, while mentions of channels and people stay as they are.
 */
export function fromSlackText(text: string): string {
  return text
    .replace(/<(?:https?:|mailto:)[^>|]*\|([^>]+)>/g, '$1')
    .replace(/<(https?:[^>|]+|mailto:[^>|]+)>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
