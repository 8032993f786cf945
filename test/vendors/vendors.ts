// The vendors' own libraries sign, and we verify; where they only verify, we sign. Run by `npm run vendors`, which installs them
// beside this file: they are hundreds of megabytes, and nobody who runs Bellhop needs them.
import assert from 'node:assert/strict';
import { createSecretKey, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Delivery } from '../../src/core/delivery/delivery.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { toSigned } from '../../src/core/provider/fresh-delivery.ts';
import { bare, der, ec, ed } from '../doubles/test-keys.ts';
import { providers } from '../world.ts';

const URL_OF_ENDPOINT = 'https://bellhop.example/in/token';
const NOW = new Date(Math.floor(Date.now() / 1000) * 1000);
const SECONDS = String(NOW.getTime() / 1000);
const MILLISECONDS = String(NOW.getTime());
const BODY = JSON.stringify({
  id: 'evt_1',
  type: 'thing.done',
  event: 'thing',
  name: 'ünïcode',
  webhookTimestamp: NOW.getTime(),
});
const WHSEC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const SECRET = 'the-secret-of-the-endpoint';

type Headers = Readonly<Record<string, string>>;
interface Signed {
  readonly headers: Headers;
  readonly body?: string;
  readonly secret?: string;
}

const load = async <Library>(name: string): Promise<Library> => (await import(name)) as Library;

describe('what a vendor’s own library signs', () => {
  const signers: Readonly<Record<string, () => Promise<Signed>>> = {
    async stripe() {
      const { default: Stripe } = await load<{
        default: { webhooks: { generateTestHeaderString(o: object): string } };
      }>('stripe');
      return {
        headers: { 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: BODY, secret: WHSEC }) },
        secret: WHSEC,
      };
    },
    async svix() {
      const { Webhook } = await load<{
        Webhook: new (secret: string) => { sign(id: string, at: Date, body: string): string };
      }>('svix');
      return {
        headers: {
          'svix-id': 'msg_1',
          'svix-timestamp': SECONDS,
          'svix-signature': new Webhook(WHSEC).sign('msg_1', NOW, BODY),
        },
        secret: WHSEC,
      };
    },
    async 'standard-webhooks'() {
      const { Webhook } = await load<{
        Webhook: new (secret: string) => { sign(id: string, at: Date, body: string): string };
      }>('standardwebhooks');
      return {
        headers: {
          'webhook-id': 'msg_1',
          'webhook-timestamp': SECONDS,
          'webhook-signature': new Webhook(WHSEC).sign('msg_1', NOW, BODY),
        },
        secret: WHSEC,
      };
    },
    async github() {
      const { sign } = await load<{ sign(secret: string, body: string): Promise<string> }>('@octokit/webhooks-methods');
      return { headers: { 'x-hub-signature-256': await sign(SECRET, BODY) } };
    },
    async twilio() {
      const { default: twilio } = await load<{
        default: { getExpectedTwilioSignature(token: string, url: string, fields: object): string };
      }>('twilio');
      const fields = { To: '+1', From: '+49', Body: 'Hello wörld & all' };
      return {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': twilio.getExpectedTwilioSignature(SECRET, URL_OF_ENDPOINT, fields),
        },
        body: new URLSearchParams(fields).toString(),
      };
    },
    async workos() {
      const { WorkOS } = await load<{
        WorkOS: new (
          key: string,
        ) => { webhooks: { computeSignature(at: number, body: object, secret: string): Promise<string> } };
      }>('@workos-inc/node');
      const signature = await new WorkOS('sk_test').webhooks.computeSignature(
        Number(MILLISECONDS),
        JSON.parse(BODY),
        SECRET,
      );
      return { headers: { 'workos-signature': `t=${MILLISECONDS}, v1=${signature}` } };
    },
    async braintree() {
      interface Gateway {
        webhookTesting: { sampleNotification(kind: string, id: string): { bt_signature: string; bt_payload: string } };
      }
      const { default: braintree } = await load<{
        default: {
          BraintreeGateway: new (o: object) => Gateway;
          Environment: { Sandbox: string };
          WebhookNotification: { Kind: { Check: string } };
        };
      }>('braintree');
      const gateway = new braintree.BraintreeGateway({
        environment: braintree.Environment.Sandbox,
        merchantId: 'm',
        publicKey: 'public1',
        privateKey: 'private1',
      });
      const { bt_signature, bt_payload } = gateway.webhookTesting.sampleNotification('subscription_went_active', 'id1');
      return {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ bt_signature, bt_payload }).toString(),
        secret: 'public1:private1',
      };
    },
    async 'adyen-payments'() {
      const { hmacValidator } = await load<{
        hmacValidator: new () => { calculateHmac(item: object, key: string): string };
      }>('@adyen/api-library');
      const key = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
      const item = {
        pspReference: 'p1',
        originalReference: '',
        merchantAccountCode: 'Acme',
        merchantReference: 'a:b',
        amount: { value: 1130, currency: 'EUR' },
        eventCode: 'AUTHORISATION',
        success: 'true',
        eventDate: '',
        paymentMethod: 'visa',
        reason: '',
      };
      const additionalData = { hmacSignature: new hmacValidator().calculateHmac(item, key) };
      return {
        headers: {},
        body: JSON.stringify({ notificationItems: [{ NotificationRequestItem: { ...item, additionalData } }] }),
        secret: key,
      };
    },
    async sanity() {
      const { encodeSignatureHeader } = await load<{
        encodeSignatureHeader(body: string, at: number, secret: string): Promise<string>;
      }>('@sanity/webhook');
      return {
        headers: { 'sanity-webhook-signature': await encodeSignatureHeader(BODY, Number(MILLISECONDS), SECRET) },
      };
    },
    async hubspot() {
      const { Signature } = await load<{
        Signature: { getSignature(method: string, version: string, o: object): string };
      }>('@hubspot/api-client');
      const signature = Signature.getSignature('POST', 'v3', {
        clientSecret: SECRET,
        url: URL_OF_ENDPOINT,
        requestBody: BODY,
        timestamp: Number(MILLISECONDS),
      });
      return { headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': MILLISECONDS } };
    },
    async contentful() {
      const { signRequest } = await load<{ signRequest(secret: string, request: object, at: number): Headers }>(
        '@contentful/node-apps-toolkit',
      );
      const secret = 'a'.repeat(64);
      const headers = signRequest(
        secret,
        { method: 'POST', path: '/in/token', headers: {}, body: BODY },
        Number(MILLISECONDS),
      );
      return {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        ),
        secret,
      };
    },
  };

  for (const [name, sign] of Object.entries(signers))
    it(`${name} is accepted, and refused when it was changed`, async () => {
      const { headers, body = BODY, secret = SECRET } = await sign();
      assert.equal(await verdictOf(name, { headers, body, secret }), 'accepted');
      // Adyen signs only some of the fields.
      const changed =
        name === 'adyen-payments' ? body.replace('1130', '1131') : `${body.slice(0, -4)}x${body.slice(-3)}`;
      assert.notEqual(await verdictOf(name, { headers, body: changed, secret }), 'accepted');
    });
});

describe('what a vendor’s own library verifies', () => {
  type Verify = (delivery: Delivery, body: string) => Promise<unknown> | unknown;
  const verifiers: Readonly<
    Record<string, { readonly secret: string; readonly known?: string; readonly verify: () => Promise<Verify> }>
  > = {
    sendgrid: {
      secret: ec.privatePem,
      async verify() {
        interface Library {
          EventWebhook: new () => {
            convertPublicKeyToECDSA(key: string): unknown;
            verifySignature(key: unknown, body: string, signature: string, at: string): boolean;
          };
        }
        const { EventWebhook } = await load<Library>('@sendgrid/eventwebhook');
        const webhook = new EventWebhook();
        const key = webhook.convertPublicKeyToECDSA(der(ec));
        return ({ headers }, body) =>
          webhook.verifySignature(
            key,
            body,
            String(headers['x-twilio-email-event-webhook-signature']),
            String(headers['x-twilio-email-event-webhook-timestamp']),
          );
      },
    },
    square: {
      secret: SECRET,
      async verify() {
        const { WebhooksHelper } = await load<{ WebhooksHelper: { verifySignature(o: object): Promise<boolean> } }>(
          'square',
        );
        return ({ headers }, requestBody) =>
          WebhooksHelper.verifySignature({
            requestBody,
            signatureHeader: headers['x-square-hmacsha256-signature'],
            signatureKey: SECRET,
            notificationUrl: URL_OF_ENDPOINT,
          });
      },
    },
    line: {
      secret: SECRET,
      async verify() {
        const { validateSignature } = await load<{
          validateSignature(body: string, secret: string, signature: string): boolean;
        }>('@line/bot-sdk');
        return ({ headers }, body) => validateSignature(body, SECRET, String(headers['x-line-signature']));
      },
    },
    linear: {
      secret: SECRET,
      async verify() {
        const { LinearWebhookClient } = await load<{
          LinearWebhookClient: new (secret: string) => { verify(body: Buffer, signature: string, at: number): boolean };
        }>('@linear/sdk/webhooks');
        return ({ headers }, body) =>
          new LinearWebhookClient(SECRET).verify(Buffer.from(body), String(headers['linear-signature']), NOW.getTime());
      },
    },
    paddle: {
      secret: SECRET,
      async verify() {
        const { Paddle } = await load<{
          Paddle: new (
            key: string,
          ) => { webhooks: { isSignatureValid(body: string, secret: string, signature: string): Promise<boolean> } };
        }>('@paddle/paddle-node-sdk');
        return ({ headers }, body) =>
          new Paddle('key').webhooks.isSignatureValid(body, SECRET, String(headers['paddle-signature']));
      },
    },
    mux: {
      secret: SECRET,
      async verify() {
        const { Mux } = await load<{
          Mux: new (
            o: object,
          ) => { webhooks: { verifySignature(body: string, headers: object, secret: string): Promise<void> | void } };
        }>('@mux/mux-node');
        return async ({ headers }, body) => {
          await new Mux({ tokenId: 'x', tokenSecret: 'y' }).webhooks.verifySignature(body, headers, SECRET);
          return true;
        };
      },
    },
    razorpay: {
      secret: SECRET,
      async verify() {
        const { default: Razorpay } = await load<{
          default: { validateWebhookSignature(body: string, signature: string, secret: string): boolean };
        }>('razorpay');
        return ({ headers }, body) =>
          Razorpay.validateWebhookSignature(body, String(headers['x-razorpay-signature']), SECRET);
      },
    },
    telnyx: {
      secret: ed.privatePem,
      async verify() {
        const { default: Telnyx } = await load<{
          default: new (o: object) => { webhooks: { unwrap(body: string, o: object): Promise<unknown> } };
        }>('telnyx');
        const client = new Telnyx({ apiKey: 'x', publicKey: bare(ed, 'base64') });
        return async ({ headers }, body) =>
          Boolean(await client.webhooks.unwrap(body, { headers, key: bare(ed, 'base64') }));
      },
    },
    polar: {
      secret: SECRET,
      async verify() {
        const { validateEvent, WebhookVerificationError } = await load<{
          validateEvent(body: string, headers: object, secret: string): unknown;
          WebhookVerificationError: new () => Error;
        }>('@polar-sh/sdk/webhooks');
        return ({ headers }, body) => {
          try {
            validateEvent(body, headers, SECRET);
          } catch (error) {
            // What was verified may still be no event that it knows.
            if (error instanceof WebhookVerificationError) throw error;
          }
          return true;
        };
      },
    },
    openai: {
      secret: WHSEC,
      async verify() {
        const { OpenAI } = await load<{
          OpenAI: new (
            o: object,
          ) => { webhooks: { verifySignature(body: string, headers: object, secret: string): Promise<void> } };
        }>('openai');
        return async ({ headers }, body) => {
          await new OpenAI({ apiKey: 'x' }).webhooks.verifySignature(body, headers, WHSEC);
          return true;
        };
      },
    },
    replicate: {
      secret: WHSEC,
      async verify() {
        const { validateWebhook } = await load<{ validateWebhook(o: object): Promise<boolean> }>('replicate');
        return ({ headers }, body) =>
          validateWebhook({
            id: headers['webhook-id'],
            timestamp: headers['webhook-timestamp'],
            signature: headers['webhook-signature'],
            body,
            secret: WHSEC,
          });
      },
    },
    discord: {
      secret: ed.privatePem,
      async verify() {
        const { verifyKey } = await load<{
          verifyKey(body: string, signature: string, at: string, key: string): Promise<boolean>;
        }>('discord-interactions');
        return ({ headers }, body) =>
          verifyKey(
            body,
            String(headers['x-signature-ed25519']),
            String(headers['x-signature-timestamp']),
            bare(ed, 'hex'),
          );
      },
    },
    mercadopago: {
      secret: SECRET,
      async verify() {
        const { WebhookSignatureValidator } = await load<{ WebhookSignatureValidator: { validate(o: object): void } }>(
          'mercadopago',
        );
        return ({ headers }) => {
          WebhookSignatureValidator.validate({
            xSignature: headers['x-signature'],
            xRequestId: 'r-1',
            dataId: undefined,
            secret: SECRET,
          });
          return true;
        };
      },
    },
    messagebird: {
      secret: SECRET,
      async verify() {
        const { default: library } = await load<{
          default: { verify(url: string, body: Buffer, token: string, secret: KeyObject): Promise<unknown> };
        }>('messagebird/lib/webhook-signature-jwt.js');
        return async ({ headers }, body) =>
          Boolean(
            await library.verify(
              URL_OF_ENDPOINT,
              Buffer.from(body),
              String(headers['messagebird-signature-jwt']),
              createSecretKey(Buffer.from(SECRET)),
            ),
          );
      },
    },
  };

  for (const [name, { secret, verify }] of Object.entries(verifiers))
    it(`is what we sign as ${name}, and not when it was changed`, async () => {
      const provider = providers.get(name);
      if (!provider) throw new Error(`no provider ${name}`);
      // Some take nothing that is older than a few seconds.
      const plain = aDelivery({ 'content-type': 'application/json', 'x-request-id': 'r-1' }, BODY, new Date());
      const delivery = toSigned(plain, provider.signature, { secret, context: { url: URL_OF_ENDPOINT, options: {} } });
      const judge = await verify();
      assert.equal(await judge(delivery, BODY), true);
      // Mercado Pago signs no body.
      if (name === 'mercadopago') return;
      const changed = BODY.replace('ünï', 'uni');
      assert.notEqual(
        await Promise.resolve()
          .then(() => judge(delivery, changed))
          .catch(() => false),
        true,
      );
    });
});

async function verdictOf(name: string, { headers, body, secret }: Required<Signed>): Promise<string> {
  const verdict = await providers
    .get(name)
    ?.signature.verify(aDelivery({ 'content-type': 'application/json', ...headers }, body), [secret], {
      url: URL_OF_ENDPOINT,
      options: {},
    });
  return verdict?.ok ? 'accepted' : (verdict?.reason ?? 'unknown');
}

function aDelivery(headers: Headers, body: string, receivedAt = NOW) {
  return parseDelivery({
    method: 'POST',
    url: '/in/token',
    headers,
    query: {},
    body: Buffer.from(body),
    receivedAt,
    remoteAddress: '',
  });
}
