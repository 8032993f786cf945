import type { WebUrl } from '../../../core/message/safe-link.ts';

/**
 * The address as Discord takes it for a title, a picture or a button; nothing for any other. Of a host without a dot, such as
 * `http://prometheus:9090`, it says "Not a well formed URL".
 */
export function discordUrl(address: WebUrl | undefined, limit = Number.POSITIVE_INFINITY): WebUrl | undefined {
  const host = address !== undefined && address.length <= limit ? URL.parse(address)?.hostname : undefined;
  return host?.replace(/\.$/, '').includes('.') ? address : undefined;
}
