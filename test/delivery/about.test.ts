import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import type { About } from '../../src/core/event/about.ts';
import type { Provider } from '../../src/core/provider/provider.ts';
import { toMoment } from '../../src/core/text/moment.ts';
import alertmanager from '../../src/providers/alertmanager.ts';
import bitbucket from '../../src/providers/bitbucket.ts';
import generic from '../../src/providers/generic.ts';
import gitea from '../../src/providers/gitea.ts';
import github from '../../src/providers/github.ts';
import gitlab from '../../src/providers/gitlab.ts';
import grafana from '../../src/providers/grafana.ts';
import linear from '../../src/providers/linear.ts';
import pagerduty from '../../src/providers/pagerduty.ts';
import sentry from '../../src/providers/sentry.ts';
import shopify from '../../src/providers/shopify.ts';
import stripe from '../../src/providers/stripe.ts';
import { guessAbout } from '../../src/reading/guess-about.ts';
import { runs } from '../runs.ts';

describe('what a provider says about its events', () => {
  it('GitHub: who did what to which pull request', () => {
    const payload = {
      action: 'closed',
      number: 12,
      pull_request: { number: 12, title: 'Fix the door', merged: true, html_url: 'https://github.example/12' },
      ...REPOSITORY,
    };
    const { type, about } = tell(github, payload, { 'x-github-event': 'pull_request' });
    assert.equal(type, 'pull_request');
    assert.deepEqual([about.url, about.source, about.actor], ['https://github.example/12', 'acme/api', 'octocat']);
    assert.deepEqual([about.subject, about.state, about.severity], ['pull_request:acme/api#12', 'merged', 'good']);
  });

  it('PagerDuty: its test ping is kept and not posted', () => {
    const payload = {
      event: { id: '1', event_type: 'pagey.ping', resource_type: 'pagey', data: { message: 'Hello' } },
    };
    assert.equal(tell(pagerduty, payload, {}).quiet, 'it only tries whether deliveries arrive');
  });

  it('GitHub: a comment on a pull request belongs to the pull request', () => {
    const payload = {
      action: 'created',
      issue: { number: 12, title: 'Fix the door', pull_request: { url: 'x' } },
      ...REPOSITORY,
    };
    const { about } = tell(github, payload, { 'x-github-event': 'issue_comment' });
    assert.equal(about.subject, 'pull_request:acme/api#12');
  });

  it('GitHub: a failed run is critical, one that goes on is unfinished, and a skipped one is quiet', () => {
    const run = (status: string, conclusion: string | null) =>
      tell(
        github,
        { workflow_run: { id: 5, name: 'CI', head_branch: 'main', status, conclusion }, ...REPOSITORY },
        { 'x-github-event': 'workflow_run' },
      );
    const { about, quiet } = run('completed', 'failure');
    assert.deepEqual(
      [about.state, about.severity, about.subject, quiet],
      ['failure', 'critical', 'workflow_run:acme/api/5', undefined],
    );
    assert.equal(run('in_progress', null).unfinished, 'it has not finished yet');
    assert.equal(run('completed', 'skipped').quiet, 'it was skipped');
  });

  it('GitLab: a merge request under its project', () => {
    const payload = {
      object_kind: 'merge_request',
      user: { name: 'Ada', username: 'ada' },
      project: { path_with_namespace: 'acme/api' },
      object_attributes: { iid: 3, title: 'Fix', action: 'merge', state: 'merged' },
    };
    const { type, about } = tell(gitlab, payload);
    assert.deepEqual([type, about.subject, about.severity], ['merge_request', 'merge_request:acme/api!3', 'good']);
  });

  it('Gitea: an issue', () => {
    const payload = { action: 'reopened', issue: { number: 3, title: 'Leak' }, ...REPOSITORY };
    const { about } = tell(gitea, payload, { 'x-gitea-event': 'issues' });
    assert.equal(about.subject, 'issue:acme/api#3');
  });

  it('Bitbucket: Cloud and Data Center by their own names', () => {
    const cloud = tell(
      bitbucket,
      { actor: { display_name: 'Ada' }, pullrequest: { id: 4, title: 'Fix' }, repository: { full_name: 'acme/api' } },
      { 'x-event-key': 'pullrequest:created' },
    );
    assert.equal(cloud.about.subject, 'pull_request:acme/api#4');
    const server = tell(bitbucket, {
      eventKey: 'pr:declined',
      actor: { displayName: 'Ada' },
      pullRequest: { id: 4, title: 'Fix' },
    });
    assert.equal(server.about.severity, 'warning');
  });

  it('Stripe: amounts in the unit of their currency', () => {
    const charge = (amount: number, currency: string) =>
      tell(stripe, {
        id: 'evt_1',
        type: 'charge.failed',
        livemode: false,
        data: {
          object: {
            object: 'charge',
            id: 'ch_1',
            amount,
            currency,
            billing_details: { email: 'ada@example.com' },
            failure_message: 'Card declined.',
          },
        },
      }).about;
    assert.equal(charge(1050, 'usd').title, 'Charge failed $10.50');
    assert.match(charge(1050, 'jpy').title, /¥1,050/);
    assert.deepEqual(
      [charge(1, 'usd').url, charge(1, 'usd').severity],
      ['https://dashboard.stripe.com/test/payments/ch_1', 'warning'],
    );
  });

  it('Linear: what changed, and nothing when nobody would see it', () => {
    const update = (updatedFrom: object) =>
      tell(linear, {
        type: 'Issue',
        action: 'update',
        actor: { name: 'Ada' },
        data: { id: 'x', identifier: 'WEB-4', title: 'Fix', state: { name: 'Done', type: 'completed' } },
        updatedFrom,
      });
    assert.deepEqual([update({ stateId: 'y' }).type, update({ stateId: 'y' }).about.title], ['Issue.update', 'Fix']);
    assert.equal(update({ stateId: 'y' }).quiet, undefined);
    assert.match(update({ sortOrder: 1, updatedAt: 'z' }).quiet ?? '', /nothing changed/);
  });

  it('Sentry: type by resource and action', () => {
    const payload = {
      action: 'created',
      data: {
        issue: { id: '7', title: 'TypeError: x', level: 'fatal', status: 'unresolved', project: { slug: 'api' } },
      },
    };
    const { type, about } = tell(sentry, payload, { 'sentry-hook-resource': 'issue' });
    assert.deepEqual(
      [type, about.title, about.source, about.severity],
      ['issue.created', 'TypeError: x', 'api', 'critical'],
    );
  });

  it('Shopify: the order, its sum and who ordered', () => {
    const payload = {
      id: 9,
      name: '#1001',
      total_price: '19.90',
      currency: 'EUR',
      customer: { first_name: 'Ada', last_name: 'L' },
    };
    const { about } = tell(shopify, payload, {
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': 'acme.myshopify.com',
    });
    assert.deepEqual(
      [about.actor, about.labels?.total, about.url],
      ['Ada L', '€19.90', 'https://acme.myshopify.com/admin/orders/9'],
    );
  });

  it('PagerDuty: an incident through its life', () => {
    const incident = (event_type: string) =>
      tell(pagerduty, {
        event: {
          event_type,
          resource_type: 'incident',
          agent: { type: 'user_reference', summary: 'Ada' },
          data: { id: 'P1', title: 'It burns', status: 'x', urgency: 'high' },
        },
      }).about;
    assert.deepEqual(
      [incident('incident.triggered').title, incident('incident.triggered').severity],
      ['It burns', 'critical'],
    );
    assert.deepEqual(
      [incident('incident.resolved').title, incident('incident.resolved').severity],
      ['It burns', 'good'],
    );
    assert.equal(incident('incident.acknowledged').subject, 'incident:P1');
  });

  it('Alertmanager and Grafana: one group, one subject, and a minute until the same is news again', () => {
    for (const provider of [alertmanager, grafana]) {
      const { type, about } = tell(provider, alerts('firing'));
      assert.deepEqual([type, about.title], ['firing', 'Slow']);
      assert.deepEqual([about.subject, about.severity, provider.repeatWindow], ['alerts:{}:{a="b"}', 'warning', 60]);
      assert.equal(tell(provider, alerts('resolved')).about.severity, 'good');
    }
  });

  it('Alertmanager: the replicas of one cluster name a change alike, and a change of state differently', () => {
    const id = (payload: object) => alertmanager.deliveryId?.(aDelivery(payload));
    assert.equal(
      id({ ...alerts('firing'), externalURL: 'http://one' }),
      id({ ...alerts('firing'), externalURL: 'http://two' }),
    );
    assert.notEqual(id(alerts('firing')), id(alerts('resolved')));
  });
});

describe('the generic provider', () => {
  it('finds the event type in the usual places, and else calls it an event', () => {
    assert.equal(tell(generic, { event: 'disk.full' }).type, 'disk.full');
    assert.equal(tell(generic, {}, { 'ce-type': 'com.acme.disk' }).type, 'com.acme.disk');
    assert.equal(tell(generic, {}).type, 'event');
  });

  it('reads type and id where the endpoint says they are', () => {
    const delivery = aDelivery({ type: 'wrong', data: { kind: 'right' } }, { 'x-no': '42' });
    assert.equal(generic.eventType(delivery, { type: 'data.kind' }), 'right');
    assert.equal(generic.deliveryId?.(delivery, { id: 'header:X-No' }), '42');
  });
});

describe('guessing what a strange payload is about', () => {
  it('finds title, link, state, people and facts by the names of fields', () => {
    const about = guessAbout(
      {
        alert: { id: 7, title: 'Disk full', severity: 'critical', web_url: 'https://mon.example/7' },
        user: { name: 'Ada' },
        service: { name: 'db' },
        timestamp: 1_777_000_000,
      },
      'alert.created',
    );
    assert.deepEqual(about, {
      title: 'Ada created #7 Disk full',
      url: 'https://mon.example/7',
      source: 'db',
      actor: 'Ada',
      subject: 'alert:7',
      severity: 'critical',
      occurredAt: '2026-04-24T03:06:40.000Z',
      labels: { severity: 'critical', service: 'db' },
    });
  });

  it('puts a name and a state together where there is no title', () => {
    const { title, severity } = guessAbout({ monitor_name: 'Shop', status: 'DOWN' }, 'event');
    assert.deepEqual([title, severity], ['Shop is down', 'critical']);
  });

  it('calls what is over good, however severe it was', () => {
    assert.equal(guessAbout({ title: 'Disk full', state: 'resolved', severity: 'critical' }, 'event').severity, 'good');
  });

  it('does not take a picture or an API for the link, and a person only where there is nothing else', () => {
    const payload = {
      title: 'x',
      url: 'https://api.example/1',
      image: { url: 'https://x.example/a.png' },
      user: { url: 'https://x.example/ada' },
    };
    assert.equal(guessAbout(payload, 'event').url, 'https://x.example/ada');
    assert.equal(guessAbout({ ...payload, user: {} }, 'event').url, undefined);
    assert.equal(
      guessAbout({ ...payload, project: { url: 'https://x.example/shop' } }, 'event').url,
      'https://x.example/shop',
    );
    for (const link of ['javascript:alert(1)', 'https://[broken', '/path'])
      assert.equal(guessAbout({ link }, 'event').url, undefined);
  });

  it('names plain text by its first line, and an empty payload by its type', () => {
    assert.equal(guessAbout('\n  Backup done \nin 5 s', 'event').title, 'Backup done');
    const invited = { topic: 'event.created', data: { item: { type: 'event', event_name: 'invited-friend' } } };
    assert.equal(guessAbout(invited, 'event.created').title, 'Invited friend');
    assert.equal(guessAbout({}, 'user.signed_up').title, 'User signed up');
    assert.equal(guessAbout(undefined, '').title, 'A delivery without content');
  });

  it('cuts a long title between letters, not through one', () => {
    for (const length of [140, 145, 146, 147, 148, 149, 150]) {
      const { title } = guessAbout({ title: `${'x'.repeat(length)}${'👩‍👩‍👧'.repeat(60)}` }, 'event');
      assert.match(title, /^x+(?:👩‍👩‍👧)*…$/u);
    }
    assert.ok(guessAbout({ title: 'x'.repeat(500) }, 'event').title.length <= 200);
  });

  it('reads moments only where they are certain', () => {
    assert.equal(toMoment('2026-05-01 12:00:00 UTC'), '2026-05-01T12:00:00.000Z');
    assert.equal(toMoment('2026-05-01T14:00:00+02:00'), '2026-05-01T12:00:00.000Z');
    assert.equal(toMoment(1_777_000_000_123), '2026-04-24T03:06:40.123Z');
    for (const doubt of ['01/05/2026', '0001-01-01T00:00:00Z', 12, 'yesterday', null])
      assert.equal(toMoment(doubt), undefined);
  });

  it('gives every provider that reads a title one line for any payload and any type, and never throws', async () => {
    const files = readdirSync(new URL('../../src/providers/', import.meta.url)).filter((file) => file.endsWith('.ts'));
    const all = await Promise.all(
      files.map(async (file): Promise<Provider> => (await import(`../../src/providers/${file}`)).default),
    );
    // The others leave it to their templates.
    const providers = all.filter(({ about }) => about.title);
    const words = fc.constantFrom(
      'constructor',
      '__proto__',
      'toString',
      'push',
      'pull_request',
      'issue',
      'action',
      'status',
      'alerts',
      'title',
      'event',
      'data',
    );
    const payloads = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        words,
        fc.array(tie('value')),
        fc.dictionary(words, tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(payloads, words, fc.constantFrom(...providers), (payload, type, provider) => {
        const { about } = tell(
          provider,
          payload,
          Object.fromEntries(
            ['x-github-event', 'x-gitea-event', 'x-event-key', 'x-shopify-topic', 'sentry-hook-resource'].map(
              (name) => [name, type],
            ),
          ),
        );
        assert.ok(
          about.title.length > 0 && about.title.length <= 200 && !/[\r\n]|\[native code|undefined/.test(about.title),
          about.title,
        );
      }),
      { numRuns: runs(2000) },
    );
  });
});

const REPOSITORY = {
  repository: { full_name: 'acme/api', html_url: 'https://github.example/acme/api' },
  sender: { login: 'octocat' },
};

function alerts(status: string) {
  const alert = (fingerprint: string) => ({ status, fingerprint, labels: {}, startsAt: '2026-05-01T12:00:00Z' });
  return {
    status,
    groupKey: '{}:{a="b"}',
    alerts: [alert('1'), alert('2')],
    commonLabels: { alertname: 'Slow', instance: 'db-1', severity: 'warning' },
    commonAnnotations: { summary: 'Replies take 5 s' },
  };
}

function aDelivery(payload: unknown, headers: Readonly<Record<string, string>> = {}) {
  const body = Buffer.from(JSON.stringify(payload));
  return parseDelivery({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json', ...headers },
    query: {},
    body,
    receivedAt: new Date(0),
    remoteAddress: '192.0.2.1',
  });
}

function tell(provider: Provider, payload: unknown, headers?: Readonly<Record<string, string>>) {
  const delivery = aDelivery(payload, headers);
  const type = provider.eventType(delivery, {}) ?? 'unknown';
  const event = { ...delivery, type };
  const parts = Object.entries(provider.about).map(([part, read]) => [part, read(event)] as const);
  const about: About = { title: '', ...Object.fromEntries(parts.filter(([, value]) => value !== undefined)) };
  return { type, about, quiet: provider.quiet?.(event), unfinished: provider.unfinished?.(event) };
}
