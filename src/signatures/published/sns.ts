import type { Parsed } from '../../core/delivery/delivery.ts';
import { parseJson } from '../../core/delivery/parse-json.ts';
import { textAt } from '../../core/delivery/readers.ts';
import { toJson } from '../../core/delivery/to-json.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { decodeBase64 } from '../digest.ts';
import { parseMoment, whileFresh } from '../freshness.ts';
import { isSignedBy, signWith } from '../public-key.ts';
import { withValue } from '../text/with-value.ts';
import { certificateKey } from './certificate-key.ts';
import { fetchKey } from './fetch-key.ts';

/** Where AWS publishes certificates and confirms subscriptions, in every region and nowhere else. */
export const SNS_HOST = /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(?:\.cn)?$/;

/** An hour, for its retries. */
const TOLERANCE = 3_600;
const NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const SUBSCRIPTION = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/**
 * Some fields of the body, signed with the key of a certificate that the body names:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export const sns: Signature = {
  kind: 'a signature with a published key (RSA)',
  async verify(delivery, _secrets, context) {
    const { payload } = delivery;
    const text = textOf(payload);
    if (text === undefined) return refused('the body is not a message of Amazon SNS');
    const version = textAt(payload, 'SignatureVersion');
    if (version !== '1' && version !== '2') return refused('the body holds no `SignatureVersion` that is known');
    const signature = decodeBase64(textAt(payload, 'Signature') ?? '');
    if (!signature?.length) return refused('the body holds no `Signature` in base64');
    const signedAt = parseMoment(textAt(payload, 'Timestamp'), 'iso');
    if (!signedAt) return refused('the body holds no `Timestamp`');
    const topic = textAt(payload, 'TopicArn') ?? '';
    const { topic: expected } = context.options;
    if (expected && !expected.split(',').some((arn) => arn.trim() === topic))
      return refused(`it comes from the topic ${topic}, and this endpoint takes those of ${expected}`);
    const address = textAt(payload, 'SigningCertURL') ?? textAt(payload, 'SigningCertUrl') ?? '';
    if (!URL.canParse(address) || !new URL(address).pathname.endsWith('.pem') || new URL(address).search)
      return refused('`SigningCertURL` names no certificate');
    const certificate = await fetchKey(context, { url: address, hosts: [SNS_HOST], keep: 86_400 });
    if (!certificate.ok) return certificate.verdict;
    const kind = version === '1' ? 'rsa-sha1' : 'rsa-sha256';
    if (!isSignedBy(certificateKey(certificate.text, delivery.receivedAt), kind, Buffer.from(text), [signature]))
      return refused('the signature does not match the certificate of Amazon SNS');
    const inner = withMessageRead(payload);
    return whileFresh(
      { ok: true, covers: ['id', 'time', 'body'], ...(inner && { inner }) },
      { signedAt, receivedAt: delivery.receivedAt, tolerance: TOLERANCE },
    );
  },
  sign: () => ({}),
  unpack: ({ payload }) => withMessageRead(payload),
  seal(delivery, secret) {
    const dated = seal(delivery, { SignatureVersion: '2', Timestamp: delivery.receivedAt.toISOString() });
    const text = textOf(JSON.parse(dated.toString()));
    return withValue(
      { ...delivery, body: dated },
      'Signature',
      signWith(secret, 'rsa-sha256', Buffer.from(text ?? '')).toString('base64'),
    );
  },
};

function seal(delivery: Parsed, values: Readonly<Record<string, string>>): Buffer {
  return Object.entries(values).reduce(
    (body, [name, value]) => withValue({ ...delivery, body }, name, value),
    delivery.body,
  );
}

/** The signed text: each field that is there, its name and its value on lines of their own. */
function textOf(payload: unknown): string | undefined {
  const type = textAt(payload, 'Type');
  const names =
    type === 'Notification'
      ? NOTIFICATION
      : type === 'SubscriptionConfirmation' || type === 'UnsubscribeConfirmation'
        ? SUBSCRIPTION
        : undefined;
  if (!names || !textAt(payload, 'MessageId')) return undefined;
  return names
    .flatMap((name) => {
      const value = textAt(payload, name);
      return value === undefined ? [] : [`${name}\n${value}\n`];
    })
    .join('');
}

/** AWS services write JSON into the text of a message: it is kept as what it is, so that its fields can be read. */
function withMessageRead(payload: unknown): Buffer | undefined {
  const text = textAt(payload, 'Message');
  if (!text || !/^\s*[{[]/.test(text) || typeof payload !== 'object') return undefined;
  const message = parseJson(text);
  return message.ok ? Buffer.from(toJson({ ...payload, Message: message.payload })) : undefined;
}
