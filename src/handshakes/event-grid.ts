import { textAt } from '../core/delivery/readers.ts';
import type { Handshake } from '../core/provider/handshake.ts';

const TYPE = 'Microsoft.EventGrid.SubscriptionValidationEvent';
/** It holds one event of a few hundred bytes; whatever is larger need not be read for it. */
const SIZE_LIMIT = 16_384;

/** Azure Event Grid, which sends a code and expects it back: https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema */
export const eventGrid: Handshake = {
  answer(delivery) {
    const { method, body } = delivery;
    if (method !== 'POST' || body.length > SIZE_LIMIT || !body.includes(TYPE)) return undefined;
    const event = Array.isArray(delivery.payload) ? (delivery.payload[0] as unknown) : delivery.payload;
    const code = textAt(event, 'eventType') === TYPE ? textAt(event, 'data.validationCode') : undefined;
    return code === undefined
      ? undefined
      : {
          status: 200,
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify({ validationResponse: code }),
        };
  },
};
