import type { Parsed } from '../core/delivery/delivery.ts';
import type { Signature, SignatureContext } from '../core/provider/signature.ts';

/**
 * A way of signing that an endpoint chooses, or that a delivery shows by the headers it carries. Exactly one way is
 * asked: a delivery that fails it is not given another.
 */
export function chosen(choose: (delivery: Parsed, context: SignatureContext) => Signature): Signature {
  return {
    verify: (delivery, secrets, context) => choose(delivery, context).verify(delivery, secrets, context),
    sign: (delivery, secret, context) => choose(delivery, context).sign(delivery, secret, context),
  };
}
