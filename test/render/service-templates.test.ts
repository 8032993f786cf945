import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toDiscordMessages } from '../../src/platforms/discord/message/to-discord-messages.ts';
import { toSlackMessage } from '../../src/platforms/slack/message/to-slack-message.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { validateDiscordMessage } from '../doubles/discord/limits.ts';
import { validateSlackMessage } from '../doubles/slack/limits.ts';
import { compose, isObject, type Json, providers, tell, templates } from './tell-sample.ts';

const services = ['alertmanager', 'grafana', 'linear', 'pagerduty', 'sentry', 'shopify', 'stripe'];
const samplesOf = (name: string) => [...templates.samples.of(name).values()];

describe('samples', () => {
  it('are there for every provider and every template', () => {
    for (const name of providers.keys()) {
      const samples = templates.samples.of(name);
      assert.ok(samples.size > 0, name);
      const missing = templates.types(name).filter((type) => !samples.has(type));
      assert.deepEqual(missing, [], name);
    }
  });

  for (const name of services)
    it(`of ${name} are told by the template beside them, within every limit`, () => {
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
  it('begin with what is wrong, and where', () => {
    const line = (change: Json) => tell('alertmanager', 'firing', change).title?.text;
    assert.equal(line({}), 'The slowest 1 % of requests take more than 2 s: api');
    const single = { alerts: [{ status: 'firing', labels: { alertname: 'DiskFull', instance: 'db-1' } }] };
    const labels = { alertname: 'DiskAlmostFull', instance: 'db-1', service: null };
    assert.equal(line({ commonAnnotations: null, commonLabels: labels }), 'Disk almost full: db-1');
    assert.equal(line({ commonAnnotations: { summary: 'db-1 is full' }, commonLabels: labels }), 'db-1 is full');
    assert.equal(line({ ...single, commonAnnotations: null, commonLabels: null, groupLabels: null }), 'Disk full');
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
    assert.equal(failed(null).body, 'Stripe will not try again.');
  });

  it('give a reason only where the sentence above does not', () => {
    const reason = (failure_message: string) =>
      tell('stripe', 'charge.failed', { data: { object: { failure_message } } }).fields.find(
        ({ name }) => name === 'Reason',
      )?.value;
    assert.deepEqual(
      [reason('Your card has insufficient funds.'), reason('Your card was declined.')],
      [undefined, 'insufficient funds'],
    );
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

  it('tell a test from a real payment', () => {
    const footer = (livemode: boolean) => tell('stripe', 'charge.succeeded', { livemode }).footer;
    assert.deepEqual([footer(true), footer(false)], ['live · Stripe', 'test mode · Stripe']);
  });
});

describe('messages of trackers', () => {
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
    const names = (updatedFrom: Json) =>
      tell('linear', 'Issue.update', { updatedFrom: { stateId: null, ...updatedFrom } }).fields.map(({ name }) => name);
    // Its state stands in the first line.
    assert.deepEqual(names({}), ['Priority', 'Assigned']);
    assert.deepEqual(names({ dueDate: null }), ['Priority', 'Assigned', 'Due']);
  });
});

/** The payload without each of its values in turn. */
function* withoutEach(payload: unknown): Generator<readonly [string, unknown]> {
  for (const path of pathsOf(payload)) {
    const copy = structuredClone(payload);
    const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Json)[key], copy) as Json;
    holder[path.at(-1) ?? ''] = null;
    yield [path.join('.'), copy];
  }
}

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (!isObject(value) && !Array.isArray(value)) return path.length > 0 ? [path] : [];
  return Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
}
