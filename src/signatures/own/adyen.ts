import { at, textAt } from '../../core/delivery/readers.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { decodeDigest, keyedHash } from '../digest.ts';
import { asHex } from '../keys/secret-keys.ts';
import { matchingSecret } from '../matching-secret.ts';
import { safeEqual } from '../safe-equal.ts';
import { withValue } from '../text/with-value.ts';

const FORM = { algorithm: 'sha256', encoding: 'base64' } as const;
const PROOF = 'additionalData.hmacSignature';
const SIGNED =
  'pspReference originalReference merchantAccountCode merchantReference amount.value amount.currency eventCode success'.split(
    ' ',
  );
/** Adyen sends one item, and six at most. */
const MOST_ITEMS = 50;

/** Every item carries its own signature, over some of its fields: https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures */
export const adyen: Signature = {
  kind: 'a keyed hash of each item',
  secretForm: () => asHex,
  verify({ payload }, secrets) {
    const items = itemsOf(payload);
    if (items.length === 0) return refused('the body holds no `notificationItems`');
    if (items.length > MOST_ITEMS) return refused(`the body holds more than ${MOST_ITEMS} items`);
    const given = items.map((item) => decodeDigest(textAt(item, PROOF) ?? '', FORM));
    if (given.includes(undefined)) return refused(`an item does not hold a sha256 in base64 in \`${PROOF}\``);
    return matchingSecret(secrets, {
      what: 'signature',
      covers: [],
      matches(secret) {
        const key = asHex.toKey(secret);
        if (!key) return false;
        return items
          .map((item, index) => safeEqual(given[index] ?? Buffer.alloc(0), keyedHash('sha256', key, textOf(item))))
          .every(Boolean);
      },
    });
  },
  sign: () => ({}),
  seal(delivery, secret) {
    const key = asHex.toKey(secret) ?? Buffer.from(secret);
    return itemsOf(delivery.payload).reduce<Buffer>(
      (body, item, index) =>
        withValue(
          { ...delivery, body },
          `notificationItems.${index}.NotificationRequestItem.${PROOF}`,
          keyedHash('sha256', key, textOf(item)).toString('base64'),
        ),
      delivery.body,
    );
  },
};

function itemsOf(payload: unknown): readonly unknown[] {
  const items = at(payload, 'notificationItems');
  return Array.isArray(items) ? items.map((item) => at(item, 'NotificationRequestItem')) : [];
}

/** A field that is not there counts as an empty one. */
function textOf(item: unknown): string {
  return SIGNED.map((path) => textAt(item, path) ?? '').join(':');
}
