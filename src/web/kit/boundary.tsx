import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';

export interface BoundaryProps {
  readonly children: ComponentChildren;
  readonly fallback: ComponentChildren;
}

/** Keeps a part that cannot be drawn from taking the rest of the page with it. */
export function Boundary({ children, fallback }: BoundaryProps) {
  const [error] = useErrorBoundary();
  return <>{error ? fallback : children}</>;
}
