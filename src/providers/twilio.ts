import { joined } from '../core/delivery/joined.ts';
import { field, header, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { twilio } from '../signatures/own/twilio.ts';

export default defineProvider({
  title: 'Twilio',
  docs: 'https://www.twilio.com/docs/usage/webhooks/webhooks-security',
  secret: 'theirs',
  evidence: 'vendor',
  methods: ['POST', 'GET'],
  signature: twilio,
  answers: {
    taken: () => ({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: '<Response/>' }),
  },
  eventType: ({ payload }) =>
    joined(
      '.',
      textAt(payload, 'CallSid') ? 'call' : 'message',
      textAt(payload, 'MessageStatus') ?? textAt(payload, 'CallStatus') ?? textAt(payload, 'SmsStatus'),
    ),
  deliveryId: header('i-twilio-idempotency-token'),
  about: {
    source: ({ payload }) => finder(payload)('To', 'AccountSid'),
    actor: field('From'),
    subject: ({ payload }) => keyed('message', finder(payload)('MessageSid', 'CallSid')),
    // https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent
    sequence: field('SequenceNumber'),
    state: ({ payload }) => finder(payload)('MessageStatus', 'CallStatus', 'SmsStatus'),
  },
  setup: `
1. Open **Console → your number → Configure** and paste {{url}} where a webhook is asked for.
2. Open **Console → Account Info**, copy the **Auth Token**, and give it to Bellhop.`,
});
