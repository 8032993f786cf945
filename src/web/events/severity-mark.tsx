import { markGlyphs, toMark } from '../../core/message/mark.ts';
import type { EventSummary } from '../api/shapes.ts';

/** How grave an event is, by a shape and, for those who do not see it, by a word; plain information has neither. */
export function SeverityMark({ about }: { readonly about: EventSummary['about'] }) {
  const severity = about?.severity ?? 'info';
  const glyph = markGlyphs[toMark({ severity, state: about?.state })];
  if (!glyph) return null;
  return (
    <>
      <span aria-hidden="true" title={severity}>
        {glyph}{' '}
      </span>
      <span class="unseen">{severity}: </span>
    </>
  );
}
