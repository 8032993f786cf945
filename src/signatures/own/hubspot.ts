import { header } from '../../core/delivery/readers.ts';
import type { Signature } from '../../core/provider/signature.ts';
import { inHeaders } from '../carriers/in-headers.ts';
import { chosen } from '../chosen.ts';
import { mac } from '../mac.ts';
import { carries } from '../read-header.ts';
import { body, fullUrl, method, type Reading, secret, time, url } from '../text/parts.ts';

const LATEST = 'x-hubspot-signature-v3';
const OLD = inHeaders({ header: 'x-hubspot-signature' });

/** HubSpot signs the address with these written out: https://developers.hubspot.com/docs/api/webhooks/validating-requests */
const WRITTEN_OUT = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;
const addressWrittenOut: Reading = {
  read: (delivery, { context }) => fullUrl(delivery, context).replace(WRITTEN_OUT, decodeURIComponent),
};

const third = mac({
  carrier: inHeaders({ header: LATEST }),
  encoding: 'base64',
  signed: [method, addressWrittenOut, body, time],
  time: { in: { header: 'x-hubspot-request-timestamp' }, unit: 'milliseconds', tolerance: 300 },
});
const second = mac({ carrier: OLD, signed: [secret, method, url, body] });
const first = mac({ carrier: OLD, signed: [secret, body] });

const version = header('x-hubspot-signature-version');

/** Version 3, and where a delivery carries none, the one that it names. A delivery that fails one is not given an older one. */
export const hubspot: Signature = {
  ...chosen((delivery) =>
    carries(delivery.headers, LATEST) || !carries(delivery.headers, 'x-hubspot-signature')
      ? third
      : version(delivery) === 'v2'
        ? second
        : first,
  ),
  sign: third.sign,
};
