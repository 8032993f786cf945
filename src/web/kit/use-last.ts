import { useRef } from 'preact/hooks';

/** The last content that was there, which stays in sight while newer content is on its way. */
export function useLast<Content>(content: Content | undefined): Content | undefined {
  const last = useRef(content);
  if (content !== undefined) last.current = content;
  return last.current;
}
