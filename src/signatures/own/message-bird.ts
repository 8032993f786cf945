import type { Signature } from '../../core/provider/signature.ts';
import { inHeaders } from '../carriers/in-headers.ts';
import { plainHash } from '../digest.ts';
import { mac } from '../mac.ts';
import { byCode } from '../text/form-text.ts';
import { fullUrl } from '../text/parts.ts';

/** Time, sorted query and the bytes of the body's hash, each after a line end. */
export const messageBird: Signature = mac({
  carrier: inHeaders({ header: 'messagebird-signature' }),
  encoding: 'base64',
  covers: ['time', 'body'],
  time: { in: { header: 'messagebird-request-timestamp' }, unit: 'seconds', tolerance: 100 },
  signed(delivery, { time = '', context }) {
    const [, search = ''] = fullUrl(delivery, context).split('?', 2);
    const query = new URLSearchParams([...new URLSearchParams(search)].toSorted(([a], [b]) => byCode(a, b)));
    return [[`${time}\n${query}\n`, plainHash('sha256', delivery.body)]];
  },
});
