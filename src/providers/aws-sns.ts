import { field, textAt } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { snsConfirmation } from '../handshakes/own/sns-confirmation.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { sns } from '../signatures/published/sns.ts';
import { awsConsole } from './shared/aws-console.ts';

const ALARMS = dictionary<Severity>({ alarm: 'critical', ok: 'good', insufficient_data: 'warning' });

export default defineProvider({
  title: 'Amazon SNS',
  aliases: ['sns', 'aws', 'amazon-sns', 'cloudwatch', 'ses', 'codepipeline', 'guardduty', 'aws-budgets'],
  docs: 'https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html',
  secret: 'none',
  evidence: 'vendor',
  sample: 'cloudwatch.alarm',
  options: {
    topic: { description: 'The ARN of the topic, or several with commas; the first that is confirmed when left out' },
  },
  signature: sns,
  handshake: snsConfirmation,
  eventType: ({ payload }) => {
    const find = finder(payload);
    const alarm = find('Message.NewStateValue', 'Message.detail.state.value');
    if (alarm) return `cloudwatch.${alarm.toLowerCase()}`;
    const detail = find('Message.detail-type');
    if (detail) return bridged(detail, find);
    const mail = find('Message.notificationType', 'Message.eventType');
    if (mail) return `ses.${mail.toLowerCase()}`;
    if (/^AWS Budget/.test(find('Subject') ?? '') || /^AWS Budget Notification/.test(find('Message') ?? ''))
      return 'budgets.threshold';
    return find('Type');
  },
  deliveryId: field('MessageId'),
  about: {
    title: ({ payload, type }) =>
      finder(payload)(
        'Message.AlarmName',
        'Message.detail.alarmName',
        'Message.detail.title',
        'Subject',
        'Message.detail-type',
      ) ?? guessAbout(payload, type).title,
    url: ({ payload }) => awsConsole(payload),
    source: ({ payload }) =>
      finder(payload)(
        'Message.AlarmName',
        'Message.detail.alarmName',
        'Message.detail.pipeline',
        'Message.detail.project-name',
        'Message.detail.service.serviceName',
        'Message.source',
        'TopicArn',
      )
        ?.split(':')
        .at(-1),
    subject: subjectOf,
    state: ({ payload, type }) => {
      const [service, word] = [type.split('.', 1)[0], type.split('.').at(-1)];
      if (service === 'cloudwatch') return word === 'alarm' ? 'alerting' : word;
      return textAt(payload, 'Message.detail.state')?.toLowerCase();
    },
    severity: severityFor,
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)(
          'Message.StateChangeTime',
          'Message.detail.state.timestamp',
          'Message.detail.updatedAt',
          'Message.time',
          'Timestamp',
        ),
      ),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        region: find('Message.region') ?? find('Message.AlarmArn', 'TopicArn')?.split(':')[3],
        account: find('Message.AWSAccountId', 'Message.account') ?? find('TopicArn')?.split(':')[4],
      });
    },
  },
  setup: `
1. Open **Amazon SNS → Topics**, choose the topic and press **Create subscription**.
2. Choose **HTTPS** as the protocol and paste {{url}} as the endpoint. Leave **raw message delivery** off: raw messages are not signed.
3. Bellhop confirms the subscription once its signature is verified. From then on the endpoint takes only messages of that topic, or of those you named by \`topic=…\`.
4. Send to the topic what you want posted: CloudWatch alarms, AWS Budgets, or EventBridge rules for CodePipeline, GuardDuty and the like, without an input transformer.`,
});

/** `CodePipeline Pipeline Execution State Change` of a pipeline that failed is codepipeline.pipeline-execution.failed. */
function bridged(detail: string, find: ReturnType<typeof finder>): string {
  const service = find('Message.source')?.replace(/^aws\./, '') ?? 'event';
  const kind = detail
    .replace(/ (?:State[ -]change|Status[ -]change)(?: Notification)?$/i, '')
    .toLowerCase()
    .split(/\W+/)
    .filter((word) => word !== service)
    .join('-');
  const state = find('Message.detail.state', 'Message.detail.build-status')?.toLowerCase();
  return [service, kind, state].filter(Boolean).join('.');
}

function subjectOf({ payload, type }: Incoming): string | undefined {
  const find = finder(payload);
  if (type.startsWith('codepipeline.pipeline-execution'))
    return keyed('pipeline', find('Message.detail.pipeline'), '/', find('Message.detail.execution-id'));
  if (type === 'guardduty.finding') return keyed('finding', find('Message.detail.id'));
  return keyed(
    'alert',
    find('Message.AlarmArn', 'Message.AlarmName') ?? (find('Message.detail.alarmName') && find('Message.resources.0')),
  );
}

function severityFor({ payload, type }: Incoming): Severity {
  const word = type.split('.').at(-1);
  if (type.startsWith('cloudwatch.')) return ALARMS(word) ?? 'info';
  if (type === 'guardduty.finding') {
    const score = Number(textAt(payload, 'Message.detail.severity'));
    return score >= 7 ? 'critical' : score >= 4 ? 'warning' : 'info';
  }
  if (type === 'budgets.threshold') return 'warning';
  // A stage or an action fails within a pipeline, which says so itself.
  if (/^codepipeline\.(?:stage|action)-execution\.failed$/.test(type)) return 'warning';
  return severityOf(word) ?? 'info';
}
