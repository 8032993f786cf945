import { textAt } from '../../core/delivery/readers.ts';
import { AppError } from '../../core/errors.ts';
import { type Handshake, plainAnswer } from '../../core/provider/handshake.ts';
import { SNS_HOST } from '../../signatures/published/sns.ts';

/**
 * Amazon SNS, whose subscriptions are confirmed by fetching an address that it names: only after its signature was
 * verified, and only at AWS itself. The first topic that is confirmed becomes the endpoint's, where it names none.
 */
export const snsConfirmation: Handshake = {
  async answerVerified({ payload }, _secrets, { fetch }) {
    const type = textAt(payload, 'Type');
    if (type === 'UnsubscribeConfirmation') return plainAnswer('');
    if (type !== 'SubscriptionConfirmation') return undefined;
    const [url, topic] = [textAt(payload, 'SubscribeURL') ?? '', textAt(payload, 'TopicArn') ?? ''];
    if (!fetch) throw new AppError(503, 'cannot_confirm', 'The subscription cannot be confirmed now.');
    await fetch({ url, hosts: [SNS_HOST], keep: 0 }).catch((cause: unknown) => {
      throw new AppError(503, 'cannot_confirm', 'The subscription cannot be confirmed now.', { cause });
    });
    return { ...plainAnswer(''), captured: { options: { topic } } };
  },
};
