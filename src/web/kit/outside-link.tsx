import type { ComponentChildren } from 'preact';
import { safeUrl } from './safe-url.ts';

export interface OutsideLinkProps {
  readonly url: unknown;
  readonly class?: string | undefined;
  readonly children: ComponentChildren;
}

/** A link out of the page, which does not say where its reader came from; plain text when the address is not safe. */
export function OutsideLink({ url, children, ...rest }: OutsideLinkProps) {
  const href = safeUrl(url);
  if (!href) return <span {...rest}>{children}</span>;
  return (
    <a {...rest} href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
