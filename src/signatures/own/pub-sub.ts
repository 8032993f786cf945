import type { Parsed } from '../../core/delivery/delivery.ts';
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
      const read = verdict.ok ? unpack(delivery) : undefined;
      return verdict.ok && read ? { ...verdict, inner: read } : verdict;
    },
    unpack,
  };
}

function unpack({ payload }: Parsed): Buffer | undefined {
  const bytes = decodeBase64(textAt(payload, 'message.data') ?? '');
  if (!bytes?.length) return undefined;
  const text = bytes.toString();
  const json = parseJson(text);
  const message = Object(at(payload, 'message'));
  const data = json.ok ? json.payload : text;
  return Buffer.from(toJson({ ...Object(payload), message: { ...message, data } }));
}
