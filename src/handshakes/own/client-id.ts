import { header } from '../../core/delivery/readers.ts';
import type { Handshake } from '../../core/provider/handshake.ts';
import { safeEqual } from '../../signatures/safe-equal.ts';

const CLIENT_ID = 'x-adobesign-clientid';
const read = header(CLIENT_ID);

/** Acrobat Sign, which asks by `GET` whether we are meant: with the client id, which is the endpoint's secret. */
export const clientId: Handshake = {
  answer(delivery, secrets) {
    const id = delivery.method === 'GET' ? read(delivery) : undefined;
    if (!id || !secrets.some((secret) => safeEqual(Buffer.from(secret), Buffer.from(id)))) return undefined;
    return { status: 200, headers: { [CLIENT_ID]: id }, body: '' };
  },
};
