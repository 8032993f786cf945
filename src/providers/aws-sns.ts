import { field, first, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { snsConfirmation } from '../handshakes/own/sns-confirmation.ts';
import { dictionary, finder, keyed } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { sns } from '../signatures/published/sns.ts';

const STATES = dictionary<Severity>({ ALARM: 'critical', OK: 'good', INSUFFICIENT_DATA: 'warning' });

export default defineProvider({
  title: 'Amazon SNS',
  aliases: ['sns', 'aws', 'amazon-sns', 'cloudwatch', 'ses'],
  docs: 'https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html',
  secret: 'none',
  evidence: 'vendor',
  options: {
    topic: { description: 'The ARN of the topic, or several with commas; the first that is confirmed when left out' },
  },
  signature: sns,
  handshake: snsConfirmation,
  eventType: ({ payload }) =>
    textAt(payload, 'Message.AlarmName')
      ? 'alarm'
      : (textAt(payload, 'Message.detail-type') ??
        textAt(payload, 'Message.notificationType') ??
        textAt(payload, 'Type')),
  deliveryId: field('MessageId'),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('Subject', 'Message.AlarmName', 'Message.detail-type') ?? guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('Message.AlarmName', 'Message.source', 'TopicArn')?.split(':').at(-1),
    subject: ({ payload }) => keyed('alarm', finder(payload)('Message.AlarmArn', 'Message.AlarmName')),
    state: field('Message.NewStateValue'),
    severity: ({ payload }) => STATES(finder(payload)('Message.NewStateValue')),
    occurredAt: first(field('Message.StateChangeTime'), field('Timestamp')),
  },
  setup: `
1. Open **Amazon SNS → Topics**, choose the topic and press **Create subscription**.
2. Choose **HTTPS** as the protocol and paste {{url}} as the endpoint. Leave **raw message delivery** off: raw messages are not signed.
3. Bellhop confirms the subscription once its signature is verified. From then on the endpoint takes only messages of that topic, or of those you named by \`topic=…\`.`,
});
