import type { Parsed } from '../core/delivery/delivery.ts';
import { parseDelivery } from '../core/delivery/parse-delivery.ts';
import { anyText } from '../core/provider/secret-form.ts';
import type { Signature, SignatureContext } from '../core/provider/signature.ts';

/**
 * A way of signing that an endpoint chooses, or that a delivery shows by the headers it carries. Exactly one way is
 * asked: a delivery that fails it is not given another.
 */
export function chosen(choose: (delivery: Parsed, context: SignatureContext) => Signature): Signature {
  return {
    get kind() {
      return choose(NOTHING, { url: '', options: {} }).kind;
    },
    verify: (delivery, secrets, context) => choose(delivery, context).verify(delivery, secrets, context),
    sign: (delivery, secret, context) => choose(delivery, context).sign(delivery, secret, context),
    seal: (delivery, secret, context) => choose(delivery, context).seal?.(delivery, secret, context) ?? delivery.body,
    secretForm: (options) => choose(NOTHING, { url: '', options }).secretForm?.(options) ?? anyText,
  };
}

/** What is chosen by the endpoint's options alone. */
const NOTHING = parseDelivery({
  method: 'POST',
  url: '',
  headers: {},
  query: {},
  body: Buffer.alloc(0),
  receivedAt: new Date(0),
  remoteAddress: '',
});
