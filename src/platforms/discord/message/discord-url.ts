import { webUrl } from '../../../core/message/safe-link.ts';

/**
 * The address as Discord takes it for a title, a picture or a button; nothing for any other. Of a host without a dot, such as
 * `http://prometheus:9090`, it says "Not a well formed URL".
 */
export function discordUrl(value: unknown, limit?: number): string | undefined {
  const address = webUrl(value, limit);
  const host = address === undefined ? undefined : URL.parse(address)?.hostname;
  return host?.replace(/\.$/, '').includes('.') ? address : undefined;
}
