import type { Parsed } from '../../core/delivery/delivery.ts';
import { textAt } from '../../core/delivery/readers.ts';
import { withValue } from '../text/with-value.ts';
import type { Carrier } from './carrier.ts';

/** Longer texts are no signature. */
const LIMIT = 8192;

/** A signature in the payload itself, and the time of signing where that stands there too. Of several places, the first that has one counts. */
export function inPayload(paths: readonly [string, ...string[]], times: readonly string[] = []): Carrier {
  const find = (payload: unknown, places: readonly string[]) => {
    for (const path of places) {
      const text = textAt(payload, path);
      if (text) return text;
    }
    return undefined;
  };
  return {
    read({ payload }) {
      const signature = find(payload, paths);
      if (signature === undefined) return { ok: false, reason: `the body holds no \`${paths[0]}\`` };
      if (signature.length > LIMIT) return { ok: false, reason: `\`${paths[0]}\` is longer than 8 KiB` };
      const moment = find(payload, times);
      return { ok: true, where: `\`${paths[0]}\``, signatures: [signature], ...(moment && { time: moment }) };
    },
    toHeaders: () => ({}),
    toBody: (delivery: Parsed, signature, moment) => {
      const [timePath] = times;
      const dated = timePath && moment ? withValue(delivery, timePath, moment) : delivery.body;
      return withValue({ ...delivery, body: dated }, paths[0], signature);
    },
  };
}
