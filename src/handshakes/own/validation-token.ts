import { query } from '../../core/delivery/readers.ts';
import { type Handshake, plainAnswer } from '../../core/provider/handshake.ts';
import { isHarmless } from '../harmless.ts';

const token = query('validationToken');

/** Microsoft Graph, which asks by `POST` for a token in the query to be sent back: https://learn.microsoft.com/graph/change-notifications-delivery-webhooks */
export const validationToken: Handshake = {
  answer(delivery) {
    const word = delivery.method === 'POST' ? token(delivery) : undefined;
    return isHarmless(word) ? plainAnswer(word) : undefined;
  },
};
