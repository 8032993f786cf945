import { first, header, query, textAt } from '../../core/delivery/readers.ts';
import type { Signature } from '../../core/provider/signature.ts';
import { inFields } from '../carriers/in-fields.ts';
import { mac } from '../mac.ts';
import { A_DAY } from '../timestamped.ts';

const resource = first(query('data.id'), query('id'), ({ payload }) => textAt(payload, 'data.id'));
const request = header('x-request-id');

/** The id of what changed, the id of the request and the time. The body is not signed. */
export const mercadoPago: Signature = mac({
  carrier: inFields({ header: 'x-signature', time: 'ts', signature: 'v1' }),
  covers: ['time'],
  time: { in: 'signature', unit: 'either', tolerance: A_DAY },
  signed(delivery, { time }) {
    const segments = [
      ['id', resource(delivery)?.toLowerCase()],
      ['request-id', request(delivery)],
      ['ts', time],
    ].filter(([, value]) => value !== undefined);
    return [[segments.map(([name, value]) => `${name}:${value};`).join('')]];
  },
});
