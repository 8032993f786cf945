import { safeUrl } from './safe-url.ts';

/**
 * Stops every click on a link with another scheme, however it came into the page: the drawers are by others, and what
 * they draw comes from payloads.
 */
export function guardLinks(target: EventTarget = document): void {
  for (const type of ['click', 'auxclick']) target.addEventListener(type, stopUnsafe, true);
}

function stopUnsafe(event: Event): void {
  for (const node of event.composedPath()) {
    if (!(node instanceof HTMLAnchorElement) || !node.hasAttribute('href')) continue;
    const address = node.getAttribute('href') ?? '';
    if (!address.startsWith('#') && !safeUrl(address)) event.preventDefault();
  }
}
