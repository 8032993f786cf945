import { refused, type Signature } from '../core/provider/signature.ts';
import { readHeader } from './read-header.ts';

/** Nobody signs with more keys than this at once. */
const MOST_SETS = 8;

/** A header with several whole proofs, parted by spaces, while one key replaces another: one of them must be good. */
export function sets(header: string, inner: Signature): Signature {
  return {
    ...inner,
    async verify(delivery, secrets, context) {
      const found = readHeader(delivery.headers, header);
      if (!found.ok) return refused(found.reason);
      const proofs = found.value.split(' ', MOST_SETS + 1);
      if (proofs.length > MOST_SETS) return refused(`the \`${header}\` header lists more than ${MOST_SETS} signatures`);
      let verdict = refused(`the \`${header}\` header is empty`);
      for (const proof of proofs) {
        const judged = await inner.verify(
          { ...delivery, headers: { ...delivery.headers, [header]: proof } },
          secrets,
          context,
        );
        if (judged.ok) return judged;
        verdict = judged;
      }
      return verdict;
    },
  };
}
