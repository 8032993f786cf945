import type { Live } from '../api/live.ts';
import { Words } from '../kit/words.tsx';
import { useAddress } from './use-address.ts';

/** Says that providers cannot reach this Bellhop, with what to do; nothing where they can. */
export function ReachNote({ live }: { readonly live: Live }) {
  const { content } = useAddress(live);
  if (!content?.advice) return null;
  return (
    <p class="hint reach">
      <Words text={content.advice} />
    </p>
  );
}
