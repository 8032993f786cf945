import type { ComponentChildren } from 'preact';
import type { EventPost } from '../api/shapes.ts';
import { OutsideLink } from '../kit/outside-link.tsx';
import { toHash } from '../route.ts';

/** Whether the message of a post can be opened in its chat. */
export function hasLink({ platform, message, link }: EventPost): boolean {
  return Boolean(message) && (platform === 'local' || Boolean(link));
}

/** Opens the message of a post in its chat, here or outside. */
export function MessageLink({
  post: { platform, channelName, message, link },
  children,
}: {
  readonly post: EventPost;
  readonly children: ComponentChildren;
}) {
  if (platform !== 'local') return <OutsideLink url={link}>{children} ↗</OutsideLink>;
  return <a href={toHash({ view: 'chat', channel: channelName, message: message ?? undefined })}>{children}</a>;
}
