import { parseJson } from '../../core/delivery/parse-json.ts';
import { at, textAt } from '../../core/delivery/readers.ts';
import { toJson } from '../../core/delivery/to-json.ts';
import type { Signature } from '../../core/provider/signature.ts';
import { decodeBase64 } from '../digest.ts';

/** What is pushed holds the message in Base64: it is kept as what it is, so that its fields can be read. */
export function withMessageRead(inner: Signature): Signature {
  return {
    ...inner,
    async verify(delivery, secrets, context) {
      const verdict = await inner.verify(delivery, secrets, context);
      const bytes = verdict.ok ? decodeBase64(textAt(delivery.payload, 'message.data') ?? '') : undefined;
      if (!verdict.ok || !bytes?.length) return verdict;
      const text = bytes.toString();
      const json = parseJson(text);
      const message = Object(at(delivery.payload, 'message'));
      const data = json.ok ? json.payload : text;
      return { ...verdict, inner: Buffer.from(toJson({ ...Object(delivery.payload), message: { ...message, data } })) };
    },
  };
}
