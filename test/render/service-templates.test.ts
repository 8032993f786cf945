import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toDiscordMessages } from '../../src/platforms/discord/message/to-discord-messages.ts';
import { toSlackMessage } from '../../src/platforms/slack/message/to-slack-message.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { validateDiscordMessage } from '../doubles/discord/limits.ts';
import { validateSlackMessage } from '../doubles/slack/limits.ts';
import { compose, type Json, providers, tell, templates, withoutEach } from './tell-sample.ts';

const services = [
  'alertmanager',
  'argo-cd',
  'aws-sns',
  'azure-monitor',
  'better-stack',
  'buildkite',
  'calendly',
  'checkly',
  'circleci',
  'cloudflare',
  'datadog',
  'docker-hub',
  'flux',
  'google-cloud-monitoring',
  'grafana',
  'harbor',
  'heroku',
  'home-assistant',
  'hubspot',
  'intercom',
  'jenkins',
  'linear',
  'mailgun',
  'netlify',
  'new-relic',
  'opsgenie',
  'paddle',
  'pagerduty',
  'paypal',
  'pingdom',
  'radarr',
  'sendgrid',
  'sentry',
  'shopify',
  'snyk',
  'sonarqube',
  'sonarr',
  'splunk',
  'statuspage',
  'stripe',
  'teamcity',
  'terraform',
  'travis-ci',
  'typeform',
  'uptime-kuma',
  'uptimerobot',
  'vercel',
  'zabbix',
  'zendesk',
];
/** Those that are JSON; forms are composed where they are sent. */
const samplesOf = (name: string) =>
  [...templates.samples.of(name).values()].filter(({ headers }) => !/form/.test(String(headers['content-type'])));

describe('samples', () => {
  it('are there for every template', () => {
    const designed = [...providers.keys()].filter((name) => templates.types(name).length > 0);
    assert.ok(services.every((name) => designed.includes(name)));
    for (const name of designed) {
      const samples = templates.samples.of(name);
      assert.ok(samples.size > 0, name);
      const missing = templates.types(name).filter((type) => !samples.has(type));
      assert.deepEqual(missing, [], name);
    }
  });

  for (const name of services)
    it(`of ${name} are rendered by the template beside them, within every limit`, () => {
      for (const sample of samplesOf(name)) {
        const { message, template, problems } = compose(sample, JSON.parse(sample.body.toString()));
        assert.deepEqual([template, problems], [`templates/${name}/${sample.type}.hbs`, []]);
        assert.deepEqual(validateSlackMessage(toSlackMessage(message, { parseMarkdown })), []);
        assert.deepEqual(toDiscordMessages(message, { parseMarkdown }).flatMap(validateDiscordMessage), []);
      }
    });

  for (const name of services)
    it(`of ${name} leave no hole in the title where a value is missing`, () => {
      for (const sample of samplesOf(name))
        for (const [missing, payload] of withoutEach(JSON.parse(sample.body.toString()))) {
          const { message, problems } = compose(sample, payload);
          const title = message.title?.text ?? '';
          const place = `${sample.type} without ${missing}: ${title}`;
          assert.deepEqual(problems, [], place);
          assert.match(title, /^[^\s:·—]/, place);
          assert.doesNotMatch(
            title,
            /undefined|null|false|\(\)|\b(of|for|from|over|to) (of|for|from|over|to|was)\b|\b(of|for|from|over|to|:)$/,
            place,
          );
        }
    });
});

describe('messages of alerts', () => {
  it('name no flag as the place', () => {
    const alert = {
      status: 'firing',
      labels: { alertname: 'Slow', debug: 'true' },
      annotations: { summary: 'It is slow' },
    };
    const change = {
      alerts: [alert],
      commonLabels: { alertname: 'Slow', debug: 'true', service: null, namespace: null },
      commonAnnotations: null,
    };
    assert.equal(tell('alertmanager', 'firing', { ...change, groupLabels: null }).title?.text, 'It is slow');
  });

  it('lead from each alert of a list to its own page', () => {
    const alert = (name: string) => ({
      status: 'firing',
      labels: { alertname: name },
      generatorURL: `https://g.example/${name}`,
    });
    const { body } = tell('grafana', 'firing', {
      alerts: [alert('a'), alert('b')],
      commonLabels: null,
      commonAnnotations: null,
    });
    for (const name of ['a', 'b']) assert.ok(body.includes(`(<https://g.example/${name}>)`), body);
  });

  it('show the number that Grafana measured, however it writes it', () => {
    const alert = {
      status: 'firing',
      labels: { alertname: 'a' },
      valueString: "[ metric='x' labels={} value=14151.331895 ]",
    };
    const { fields } = tell('grafana', 'firing', { alerts: [alert], commonLabels: null, commonAnnotations: null });
    assert.deepEqual(fields.map(({ name, value }) => `${name}: ${value}`).slice(0, 1), ['Value: 14,151\\.332']);
  });

  it('name the team that Sentry gave an issue to', () => {
    const assignedTo = { type: 'team', name: 'doors' };
    assert.match(
      tell('sentry', 'issue.assigned', { data: { issue: { assignedTo } } }).title?.text ?? '',
      /to team doors$/,
    );
  });

  it('begin with what is wrong, and where', () => {
    const line = (change: Json) => tell('alertmanager', 'firing', change).title?.text;
    assert.equal(line({}), 'The slowest 1 % of requests take more than 2 s: api');
    const single = { alerts: [{ status: 'firing', labels: { alertname: 'DiskFull', instance: 'db-1' } }] };
    const labels = { alertname: 'DiskAlmostFull', instance: 'db-1', service: null };
    assert.equal(line({ commonAnnotations: null, commonLabels: labels }), 'Disk almost full: db-1');
    assert.equal(line({ commonAnnotations: { summary: 'db-1 is full' }, commonLabels: labels }), 'db-1 is full');
    assert.equal(
      line({ ...single, commonAnnotations: null, commonLabels: null, groupLabels: null }),
      'Disk full: db-1',
    );
  });

  it('count what fires and what does not any more', () => {
    assert.equal(tell('alertmanager', 'firing').body.split('\n')[0], '2 firing · 1 resolved');
  });

  it('list each alert by what sets it apart from the others', () => {
    const [, ...lines] = tell('alertmanager', 'firing')
      .body.split('\n')
      .map((line) => line.replaceAll('\\', ''));
    assert.match(lines[0] ?? '', /^- instance \*\*api-1:9100\*\* · p99 is 3\.4 s · started \S+$/);
    assert.match(lines[1] ?? '', /^- instance \*\*api-2:9100\*\* · p99 is 2\.1 s · started \S+$/);
  });

  it('list four alerts of a large group and count the rest', () => {
    const alerts = Array.from({ length: 300 }, (_, index) => ({
      status: 'firing',
      labels: { instance: `db-${index}` },
    }));
    const { body } = tell('alertmanager', 'firing', { alerts });
    assert.deepEqual([body.match(/^- instance/gm)?.length, body.includes('- 296 more')], [4, true]);
  });

  it('fold to how long it took and what it was, once that is over', () => {
    const { mark, title, body, fields, actions, footer } = tell('alertmanager', 'resolved');
    assert.deepEqual(
      [mark, title?.text, body, fields],
      ['good', 'Resolved after 1 h 20 min: Less than 10 % of the disk is free: db-1:9100', '', []],
    );
    assert.deepEqual([actions.map(({ label }) => label), footer], [['Graph', 'Runbook'], 'node · Alertmanager']);
  });

  it('lead to a silence that is filled in already', () => {
    const { actions } = tell('alertmanager', 'firing', { commonLabels: { service: 'a&b' } });
    const silence = actions.find(({ label }) => label === 'Silence in Alertmanager');
    const filter = new URL(silence && 'url' in silence ? silence.url : '').hash.split('filter=')[1] ?? '';
    assert.equal(filter, encodeURIComponent('{alertname="HighLatency",namespace="shop",service="a&b"}'));
  });

  it('escape the values of a silence for the language of its matchers', () => {
    const commonLabels = { alertname: 'DiskFull', service: null, namespace: null, instance: 'D:\\ on "db1"' };
    const { actions } = tell('alertmanager', 'firing', { commonLabels, groupLabels: null });
    const silence = actions.find(({ label }) => label === 'Silence in Alertmanager');
    const filter = new URL(silence && 'url' in silence ? silence.url : '').hash.split('filter=')[1] ?? '';
    assert.equal(decodeURIComponent(filter), '{alertname="DiskFull",instance="D:\\\\ on \\"db1\\""}');
  });

  it('are as severe as the most severe alert that fires', () => {
    const severity = (...found: readonly (string | undefined)[]) =>
      tell('alertmanager', 'firing', {
        commonLabels: { severity: null },
        alerts: found.map((said) => ({ status: 'firing', labels: { alertname: 'DiskFull', severity: said } })),
      }).severity;
    assert.deepEqual(
      [severity('warning', 'critical'), severity('info', 'warning'), severity('warning', undefined), severity('ok')],
      ['critical', 'warning', 'critical', 'info'],
    );
  });

  it('say which instance is well again, whatever its label is called', () => {
    const line = (labels: Json) =>
      tell('alertmanager', 'resolved', {
        commonLabels: { instance: null, job: null, mountpoint: null, ...labels },
        commonAnnotations: { summary: 'Core is hot' },
        alerts: [{ status: 'resolved', labels, startsAt: '2026-11-27T10:00:00Z', endsAt: '2026-11-27T10:25:00Z' }],
      }).title?.text;
    assert.equal(line({ alertname: 'HotCore', host: 'web-1' }), 'Resolved after 25 min: Core is hot: web-1');
    assert.equal(line({ alertname: 'HotCore', sensor: 'attic' }), 'Resolved after 25 min: Core is hot: attic');
  });

  it('name what is well again of a whole group, three of them and how many more', () => {
    const alerts = ['a', 'b', 'c', 'd', 'd'].map((instance) => ({ status: 'resolved', labels: { instance } }));
    const { title } = tell('alertmanager', 'resolved', { alerts, commonAnnotations: { summary: 'Disk full' } });
    assert.equal(title?.text, 'Resolved: Disk full: a, b, c, 1 more');
  });

  it('never make 0 of a small value', () => {
    const alerts = [{ status: 'firing', labels: {}, values: { B: 0.00042310509853, C: 1e-7, D: 0 } }];
    const { fields } = tell('grafana', 'firing', { alerts, commonLabels: { service: null } });
    const values = Object.fromEntries(fields.map(({ name, value }) => [name, value.replaceAll('\\', '')]));
    assert.deepEqual([values.B, values.C, values.D], ['0.000423', '0.0000001', '0']);
  });

  it('name the alerts of a group that has no name', () => {
    const alerts = ['DiskFull', 'HighLoad'].map((alertname) => ({ status: 'firing', labels: { alertname } }));
    const unnamed = { commonLabels: { alertname: null }, groupLabels: null, commonAnnotations: null };
    const { title } = tell('grafana', 'firing', { alerts, ...unnamed });
    assert.equal(title?.text, '2 alerts: DiskFull, HighLoad: checkout');
  });
});

describe('messages of payments', () => {
  it('turn critical when no further attempt will be made', () => {
    const failed = (next: number | null) =>
      tell('stripe', 'invoice.payment_failed', { data: { object: { next_payment_attempt: next } } });
    assert.deepEqual([failed(1772874000).severity, failed(null).severity], ['warning', 'critical']);
    assert.equal(failed(null).body, 'Stripe will not try again · 2 attempts failed');
  });

  it('give a reason only where the sentence above does not', () => {
    const body = (failure_message: string) =>
      tell('stripe', 'charge.failed', { data: { object: { failure_message } } }).body;
    assert.equal(body('Your card has insufficient funds.'), 'Your card has insufficient funds\\.');
    assert.equal(body('Your card was declined.'), 'Your card was declined\\. · insufficient funds');
  });

  it('say of an invoice over nothing that there was nothing to pay', () => {
    const line = (amount_paid: number) =>
      tell('stripe', 'invoice.paid', { data: { object: { amount_paid, total: amount_paid } } }).title?.text;
    assert.equal(line(0), 'Nothing to pay: invoice ACME-0042 of Octo GmbH is for $0.00');
    assert.equal(line(12_000), 'Octo GmbH paid invoice ACME-0042 for $120.00');
  });

  it('warn of what failed by its state, whatever its event is called', () => {
    const refund = (status: string) =>
      tell('stripe', 'default', {
        type: 'charge.refund.updated',
        data: {
          object: { object: 'refund', name: null, amount: 4900, currency: 'eur', status, failure_reason: 'lost_card' },
          previous_attributes: { status: 'pending' },
        },
      });
    assert.deepEqual([refund('failed').title?.text, refund('failed').severity], ['Refund of €49.00 failed', 'warning']);
    assert.deepEqual(
      [refund('succeeded').title?.text, refund('succeeded').severity],
      ['Refund of €49.00 succeeded', 'good'],
    );
    assert.match(refund('failed').body, /lost card/);
  });

  it('say what changed about a subscription', () => {
    const title = (object: Json, before: Json) =>
      tell('stripe', 'customer.subscription.updated', {
        data: {
          object: { cancel_at_period_end: false, ...object },
          previous_attributes: { cancel_at_period_end: null, ...before },
        },
      }).title?.text;
    assert.equal(title({ status: 'past_due' }, { status: 'active' }), 'Subscription is past due, was active');
    assert.equal(title({}, { cancel_at_period_end: true }), 'Subscription goes on after all');
    assert.equal(title({}, { items: { data: [] } }), 'Subscription changed to Team');
    assert.equal(title({}, { current_period_end: 1 }), 'Subscription renewed');
  });

  it('distinguish a test from a real payment', () => {
    const footer = (livemode: boolean) => tell('stripe', 'charge.succeeded', { livemode }).footer;
    assert.deepEqual([footer(true), footer(false)], ['live · Stripe', 'test mode · Stripe']);
  });
});

describe('messages of shops', () => {
  const line = (topic: string, payload: Json) => {
    const sample = templates.samples.of('shopify').get('default');
    assert.ok(sample);
    return compose({ ...sample, headers: { ...sample.headers, 'x-shopify-topic': topic } }, payload).message.title
      ?.text;
  };

  it('say in the past what happened', () => {
    assert.equal(line('locations/deactivate', { id: 7, name: 'Main St' }), 'Location Main St deactivated');
    assert.equal(line('domains/destroy', { id: 7, host: 'a.example', name: 'Main' }), 'Domain Main destroyed');
    assert.equal(line('themes/publish', { id: 7, name: 'Dawn' }), 'Theme Dawn published');
    assert.equal(line('companies/create', { name: 'Acme' }), 'Company Acme created');
    assert.equal(line('variants/out_of_stock', { title: 'Brass' }), 'Variant Brass out of stock');
    assert.equal(line('subscription_billing_attempts/failure', { id: 3 }), 'Subscription billing attempt #3 failed');
  });

  it('say which order it is about', () => {
    const held = { fulfillment_order: { id: 'gid://shopify/FulfillmentOrder/1', status: 'on_hold' }, order_id: 12 };
    assert.equal(line('fulfillment_orders/placed_on_hold', held), 'Fulfillment order placed on hold: order 12');
    assert.equal(tell('shopify', 'refunds.create').title?.text, '€79.50 refunded on order 5001001');
  });
});

describe('messages of incidents', () => {
  it('say how long it took once that is over', () => {
    assert.equal(
      tell('pagerduty', 'incident.resolved').title?.text,
      'Mona Lisa resolved Checkout answers 500 after 12 min',
    );
    const alone = tell('pagerduty', 'incident.resolved', { event: { agent: { type: 'service_reference' } } });
    assert.equal(alone.title?.text, 'Resolved after 12 min: Checkout answers 500');
  });

  it('read alike in the version before', () => {
    const sample = templates.samples.of('pagerduty').get('default');
    assert.ok(sample);
    const incident = {
      id: 'P1',
      incident_number: 3,
      title: 'It is on fire',
      html_url: 'https://acme.pagerduty.example/incidents/P1',
      urgency: 'high',
      status: 'acknowledged',
      assignments: [{ assignee: { summary: 'Mona Lisa' } }],
    };
    const entry = { agent: { type: 'user_reference', summary: 'Mona Lisa' } };
    const told = (event: string, log_entries: readonly Json[]) =>
      compose(sample, { messages: [{ id: '1', event, incident, log_entries }] }).message;
    assert.equal(told('incident.acknowledge', [entry]).title?.text, 'Mona Lisa acknowledged It is on fire');
    assert.equal(told('incident.trigger', []).title?.text, 'Triggered: It is on fire');
    assert.equal(told('incident.assign', [entry]).title?.text, 'Mona Lisa assigned It is on fire to Mona Lisa');
    const { body, footer } = told('incident.acknowledge', [entry]);
    assert.deepEqual([body, footer], ['high urgency · acknowledged · assigned to Mona Lisa', 'PagerDuty · #3']);
  });
});

describe('messages of trackers', () => {
  it('never name a project by its internal number', () => {
    const event = { project: 1200, url: null };
    assert.equal(tell('sentry', 'event_alert.triggered', { data: { event } }).footer, 'production · Sentry');
    assert.equal(tell('sentry', 'event_alert.triggered').footer, 'api · production · Sentry');
  });

  it('show the line of our own code that failed, not the last of all', () => {
    const frames = [
      { filename: 'ours.ts', lineno: 1, in_app: true, context_line: '  ours();' },
      { filename: 'theirs.ts', lineno: 2, in_app: false, context_line: 'theirs();' },
    ];
    const { body } = tell('sentry', 'error.created', {
      data: { error: { exception: { values: [{ stacktrace: { frames } }] } } },
    });
    assert.match(body, /ours\.ts:1\n {4}ours\(\);/);
    assert.doesNotMatch(body, /theirs/);
  });

  it('show of an updated issue only what an update can change', () => {
    const update = (updatedFrom: Json) =>
      tell('linear', 'Issue.update', { updatedFrom: { stateId: null, ...updatedFrom } });
    // Its state stands in the first line.
    assert.deepEqual([update({}).body, update({}).fields], ['high priority · assigned to Hubot', []]);
    assert.deepEqual(
      update({ dueDate: null }).fields.map(({ name }) => name),
      ['Due'],
    );
  });

  it('say first what changed about an issue', () => {
    const line = (updatedFrom: Json, data: Json = {}) =>
      tell('linear', 'Issue.update', { updatedFrom: { stateId: undefined, ...updatedFrom }, data }).title?.text;
    assert.equal(line({ assigneeId: null }), 'Mona Lisa assigned API-12 Fix the door to Hubot');
    assert.equal(line({ assigneeId: 'x' }, { assignee: null }), 'Mona Lisa unassigned API-12 Fix the door');
    assert.equal(line({ priority: 0 }), 'Mona Lisa set the priority of API-12 Fix the door to high');
    assert.equal(line({ title: 'Door' }), 'Mona Lisa renamed API-12 Fix the door');
    assert.equal(line({ estimate: 1 }), 'Mona Lisa updated API-12 Fix the door');
  });
});

/** The payload without each of its values in turn. */
