import type { Signature } from '../core/provider/signature.ts';

/** No signature at all: only the secret URL protects the endpoint. */
export function unsigned(): Signature {
  return {
    kind: 'nothing: only the secret URL protects it',
    verify: () => ({ ok: true, covers: [] }),
    sign: () => ({}),
  };
}
