import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { environmentOf } from '../../src/core/event/about.ts';
import { phaseOf } from '../../src/relay/following/phase.ts';
import { type Preview, previewDelivery } from '../../src/relay/preview.ts';
import { composer, type Json, merge, providers, templates } from './tell-sample.ts';

/** What opens an alarm, and what ends it. */
const ALARMS = {
  'aws-sns': ['cloudwatch.alarm', 'cloudwatch.ok'],
  'azure-monitor': ['metric.fired', 'metric.resolved'],
  'better-stack': ['incident.started', 'incident.resolved'],
  checkly: ['ALERT_FAILURE', 'ALERT_RECOVERY'],
  datadog: ['triggered', 'recovered'],
  'google-cloud-monitoring': ['incident.open', 'incident.closed'],
  'new-relic': ['activated', 'closed'],
  opsgenie: ['Create', 'Close'],
  pingdom: ['down', 'up'],
  statuspage: ['incident.investigating', 'incident.resolved'],
  'uptime-kuma': ['down', 'up'],
  uptimerobot: ['down', 'up'],
  zabbix: ['problem', 'resolved'],
} as const;

describe('an alarm', () => {
  for (const [name, [opened, ended]] of Object.entries(ALARMS))
    it(`of ${name} is ended by what says that it is over, and folds`, () => {
      const [first, last] = [preview(name, opened), preview(name, ended)];
      const { follow } = providers.get(name) ?? {};
      assert.ok(first.about.subject);
      assert.equal(last.about.subject, first.about.subject);
      assert.deepEqual([phaseOf(first.about, follow), phaseOf(last.about, follow)], ['open', 'over']);
      assert.deepEqual([first.message.mark, last.message.mark], ['failed', 'good']);
      assert.deepEqual([last.message.body, last.message.fields], ['', []]);
    });
});

describe('a message of Datadog', () => {
  it('tells a recovery from an alert by its title, where the payload says nothing else', () => {
    const only = (title: string) => {
      const { type, message, about } = preview('datadog', 'default', { title });
      return [type, message.mark, message.title?.text, about.state];
    };
    assert.deepEqual(only('[Triggered on {host:web-3}] CPU is busy'), [
      'triggered',
      'failed',
      'CPU is busy on web-3',
      'triggered',
    ]);
    assert.deepEqual(only('[P2] [Recovered] CPU is busy'), [
      'recovered',
      'good',
      'Recovered: CPU is busy',
      'recovered',
    ]);
    assert.deepEqual(only('[Re-No Data on {host:web-3}] CPU is busy').slice(0, 2), ['re-no_data', 'warning']);
    assert.deepEqual(only('[FE] A build finished').slice(1), ['info', 'A build finished', undefined]);
  });

  it('names the environment that its tags name', () => {
    assert.equal(environmentOf(preview('datadog', 'triggered').about), 'production');
  });
});

describe('a message of Amazon SNS', () => {
  const severity = (type: string, message: Json) => {
    const [body] = [...templates.samples.of('aws-sns').values()].filter((sample) => sample.type === type);
    const inner = JSON.parse(JSON.parse(body?.body.toString() ?? '').Message);
    return preview('aws-sns', type, { Message: JSON.stringify(merge(inner, message)) }).about.severity;
  };

  it('is of the type that the text inside is of', () => {
    const typeOf = (inner: unknown, change: Json = {}) =>
      preview('aws-sns', 'default', { Message: typeof inner === 'string' ? inner : JSON.stringify(inner), ...change })
        .type;
    assert.deepEqual(
      [
        typeOf({ AlarmName: 'a', NewStateValue: 'INSUFFICIENT_DATA' }),
        typeOf({
          source: 'aws.codepipeline',
          'detail-type': 'CodePipeline Action Execution State Change',
          detail: { state: 'FAILED' },
        }),
        typeOf({
          source: 'aws.codebuild',
          'detail-type': 'CodeBuild Build State Change',
          detail: { 'build-status': 'SUCCEEDED' },
        }),
        typeOf({
          source: 'aws.ec2',
          'detail-type': 'EC2 Instance State-change Notification',
          detail: { state: 'stopped' },
        }),
        typeOf({ notificationType: 'Complaint' }),
        typeOf('AWS Budget Notification March 02, 2026'),
        typeOf('It works.'),
      ],
      [
        'cloudwatch.insufficient_data',
        'codepipeline.action-execution.failed',
        'codebuild.build.succeeded',
        'ec2.instance.stopped',
        'ses.complaint',
        'budgets.threshold',
        'Notification',
      ],
    );
  });

  it('is as severe as GuardDuty counts its finding', () => {
    const of = (score: number) => severity('guardduty.finding', { detail: { severity: score } });
    assert.deepEqual([of(8.5), of(5), of(2)], ['critical', 'warning', 'info']);
  });

  it('leads to the console of its region, and nowhere for a region that is none', () => {
    const { about } = preview('aws-sns', 'cloudwatch.alarm');
    assert.match(about.url ?? '', /^https:\/\/eu-central-1\.console\.aws\.amazon\.com\/cloudwatch\//);
    const elsewhere = { region: 'evil.example/#', source: 'aws.codepipeline', detail: { pipeline: 'a' } };
    assert.equal(preview('aws-sns', 'default', { Message: JSON.stringify(elsewhere) }).about.url, undefined);
  });
});

it('a message of UptimeRobot shows no variable that was not filled in', () => {
  const { message } = preview('uptimerobot', 'up', { alertDuration: '*alertDuration*', monitorID: '*monitorID*' });
  assert.equal(message.title?.text, 'Shop is up again');
  assert.doesNotMatch(JSON.stringify(message), /\*\w+\*/);
});

it('a message of Statuspage has a link of its own page where it is sent none', () => {
  assert.equal(preview('statuspage', 'component.major_outage').about.url, 'https://status.acme.example');
});

/** What a sample would make in which something is different. */
function preview(name: string, type: string, change: Json = {}): Preview {
  const sample = templates.samples.of(name).get(type);
  assert.ok(sample, `${name}/${type}`);
  const body = Buffer.from(JSON.stringify(merge(JSON.parse(sample.body.toString()), change)));
  const delivery = { ...sample, body, url: '', query: {}, receivedAt: new Date(0), remoteAddress: '' };
  const made = previewDelivery(delivery, { name, provider: providers.get(name), composer });
  assert.deepEqual(made.problems, [], `${name}/${type}`);
  return made;
}
