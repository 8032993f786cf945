import { crc32 } from 'node:zlib';
import { header } from '../../core/delivery/readers.ts';
import { anyText } from '../../core/provider/secret-form.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { decodeBase64 } from '../digest.ts';
import { parseMoment, whileFresh } from '../freshness.ts';
import { matchingSecret } from '../matching-secret.ts';
import { isSignedBy, signWith } from '../public-key.ts';
import { readHeader } from '../read-header.ts';
import { A_DAY } from '../timestamped.ts';
import { certificateKey } from './certificate-key.ts';
import { fetchKey } from './fetch-key.ts';

const HEADERS = {
  id: 'paypal-transmission-id',
  time: 'paypal-transmission-time',
  signature: 'paypal-transmission-sig',
  certificate: 'paypal-cert-url',
  algorithm: 'paypal-auth-algo',
} as const;
const CERTIFICATE = 'https://api.paypal.com/v1/notifications/certs/CERT-1';
const HOST = /^(?:api|api-m)(?:\.sandbox)?\.paypal\.com$/;

/**
 * Id, time, the id of the webhook and a checksum of the body, signed with the key of a certificate that the delivery names.
 * The endpoint's secret is the id of the webhook: https://developer.paypal.com/api/rest/webhooks/rest/
 */
export const payPal: Signature = {
  kind: 'a signature with a published key (RSA)',
  secretForm: () => ({
    expected: 'the webhook’s id, in capital letters and digits',
    fits: (secret) => anyText.fits(secret) && /^[A-Z0-9]{8,40}$/i.test(secret),
  }),
  async verify(delivery, secrets, context) {
    const [id, time, signature, address, algorithm] = [
      HEADERS.id,
      HEADERS.time,
      HEADERS.signature,
      HEADERS.certificate,
      HEADERS.algorithm,
    ].map((name) => readHeader(delivery.headers, name));
    for (const found of [signature, id, time, address, algorithm]) if (!found?.ok) return refused(found?.reason ?? '');
    if (!id?.ok || !time?.ok || !signature?.ok || !address?.ok || !algorithm?.ok) return refused('a header is missing');
    if (algorithm.value !== 'SHA256withRSA')
      return refused(`the \`${HEADERS.algorithm}\` header is not \`SHA256withRSA\``);
    const given = decodeBase64(signature.value);
    if (!given?.length) return refused(`the \`${HEADERS.signature}\` header does not hold a signature in base64`);
    const signedAt = parseMoment(time.value, 'iso');
    if (!signedAt) return refused(`the \`${HEADERS.time}\` header is not a date in ISO 8601`);
    if (!secrets.some(Boolean)) return refused('the endpoint has no secret to verify with');
    const certificate = await fetchKey(context, { url: address.value, hosts: [HOST], keep: 86_400 });
    if (!certificate.ok) return certificate.verdict;
    const key = certificateKey(certificate.text, delivery.receivedAt);
    const verdict = matchingSecret(secrets, {
      what: 'signature',
      covers: ['id', 'time', 'body'],
      matches: (webhookId) =>
        isSignedBy(key, 'rsa-sha256', toText({ id: id.value, time: time.value, webhookId, body: delivery.body }), [
          given,
        ]),
    });
    return whileFresh(verdict, { signedAt, receivedAt: delivery.receivedAt, tolerance: A_DAY });
  },
  /** Needs PayPal's private key after the id. */
  sign(delivery, secret) {
    const [, webhookId = '', key = ''] = /^(\S*)\s?(.*)$/s.exec(secret) ?? [];
    const id = header(HEADERS.id)(delivery) ?? 'a7d1-4c2e';
    const time = delivery.receivedAt.toISOString();
    const proof = signWith(key, 'rsa-sha256', toText({ id, time, webhookId, body: delivery.body }));
    return {
      [HEADERS.id]: id,
      [HEADERS.time]: time,
      [HEADERS.certificate]: CERTIFICATE,
      [HEADERS.algorithm]: 'SHA256withRSA',
      [HEADERS.signature]: proof.toString('base64'),
    };
  },
};

function toText({
  id,
  time,
  webhookId,
  body,
}: {
  readonly id: string;
  readonly time: string;
  readonly webhookId: string;
  readonly body: Buffer;
}): Buffer {
  return Buffer.from(`${id}|${time}|${webhookId}|${crc32(body)}`);
}
