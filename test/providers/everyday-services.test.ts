import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Message } from '../../src/core/message/message.ts';
import { compose, type Json, merge, providers, tell, templates } from '../render/tell-sample.ts';

const first = ({ title }: Message) => title?.text;

/** A batch of one, in which something is different. */
function tellOnly(name: string, type: string, change: Json): Message {
  const sample = templates.samples.of(name).get(type);
  assert.ok(sample);
  const [event] = JSON.parse(sample.body.toString()) as [Json];
  return compose(sample, [merge(event, change)]).message;
}

/** Why a sample in which something is different is not posted. */
function quiet(name: string, type: string, change: Json): string | undefined {
  const sample = templates.samples.of(name).get(type);
  assert.ok(sample);
  const payload = merge(JSON.parse(sample.body.toString()), change);
  const around = {
    url: '',
    query: {},
    receivedAt: new Date(0),
    remoteAddress: '',
    format: 'json',
    problem: undefined,
  } as const;
  return providers.get(name)?.quiet?.({ ...sample, ...around, payload, type: sample.type.replace('.', ':') });
}

describe('deployments', () => {
  it('that fail are urgent in production, and a warning that looks like a failure in a preview', () => {
    const preview = tell('vercel', 'deployment.error', { payload: { target: null } });
    assert.deepEqual([preview.severity, preview.mark], ['warning', 'failed']);
    assert.equal(first(preview), 'Preview of shop failed');
    assert.equal(tell('vercel', 'deployment.error').severity, 'critical');
    const { severity, mark } = tell('netlify', 'deploy_failed', { context: 'deploy-preview', review_id: 7 });
    assert.deepEqual([severity, mark], ['warning', 'failed']);
  });

  it('that were cancelled do not look like failures, though Netlify calls both an error', () => {
    const message = tell('netlify', 'deploy_failed', { error_message: 'Canceled build due to no content change' });
    assert.deepEqual([message.severity, message.mark], ['info', 'neutral']);
    assert.equal(first(message), 'Deployment of acme-docs was cancelled');
  });

  it('that Netlify’s unsigned header calls failed are believed only where their state agrees', () => {
    const sample = templates.samples.of('netlify').get('deploy_created');
    assert.ok(sample);
    const delivery = {
      ...sample,
      url: '',
      query: {},
      receivedAt: new Date(0),
      remoteAddress: '',
      format: 'json',
      problem: undefined,
    } as const;
    const payload = JSON.parse(sample.body.toString());
    const contradicts = (type: string) => providers.get('netlify')?.contradicts?.({ ...delivery, payload }, type);
    assert.match(contradicts('deploy_failed') ?? '', /its state is another/);
    assert.equal(contradicts('deploy_created'), undefined);
  });
});

describe('dynos of Heroku', () => {
  it('are news when they crash or are up, and not when they are moved as every day', () => {
    assert.equal(quiet('heroku', 'update.dyno', {}), undefined);
    assert.equal(quiet('heroku', 'update.dyno', { data: { state: 'up' } }), undefined);
    assert.match(quiet('heroku', 'update.dyno', { data: { state: 'starting' } }) ?? '', /every day/);
    assert.equal(first(tell('heroku', 'update.dyno', { data: { state: 'up' } })), 'Dyno web.1 of acme-shop is up');
  });
});

describe('notifications of Cloudflare', () => {
  it('that end something are of a type of their own, and fold', () => {
    const provider = providers.get('cloudflare');
    const sample = templates.samples.of('cloudflare').get('tunnel_health_event');
    assert.ok(provider && sample);
    const payload = merge(JSON.parse(sample.body.toString()), {
      alert_event: 'ALERT_STATE_EVENT_END',
      data: { new_status: null },
    });
    const message = compose(sample, payload).message;
    assert.deepEqual([message.severity, message.body, message.fields], ['good', '', []]);
    assert.equal(first(message), 'Tunnel office-nas is healthy again');
  });
});

describe('money', () => {
  it('that PayPal sends as decimals and Paddle in the smallest unit is written for people', () => {
    const value = { amount: { value: '1200', currency_code: 'JPY' } };
    assert.equal(first(tell('paypal', 'PAYMENT.CAPTURE.COMPLETED', { resource: value })), 'A customer paid ¥1,200');
    const data = { currency_code: 'JPY', details: { totals: { grand_total: '1200' } } };
    assert.equal(first(tell('paddle', 'transaction.completed', { data })), 'A customer paid ¥1,200 for Bell Tower');
  });

  it('from PayPal’s sandbox says so', () => {
    const links = [{ href: 'https://api.sandbox.paypal.com/v1/notifications/webhooks-events/WH-1', rel: 'self' }];
    const message = tell('paypal', 'PAYMENT.CAPTURE.COMPLETED', { links });
    assert.match(message.footer ?? '', /sandbox/);
    assert.match(message.title?.url ?? '', /^https:\/\/www\.sandbox\.paypal\.com\//);
  });

  it('over which a customer disputed at PayPal says who got it in the end', () => {
    const lost = { dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR' } };
    const message = tell('paypal', 'CUSTOMER.DISPUTE.RESOLVED', { resource: lost });
    assert.equal(first(message), 'Dispute lost: Hubot Robot over $120.00');
    assert.equal(message.severity, 'warning');
    assert.equal(tell('paypal', 'CUSTOMER.DISPUTE.RESOLVED').severity, 'good');
  });
});

describe('messages of customers', () => {
  it('quote what was said as plain Markdown, whichever version of Intercom’s API sends it', () => {
    assert.match(tell('intercom', 'conversation.admin.replied').body, /^> Did you \*\*oil\*\* the hinges\?$/m);
    const user = { name: 'Octo Cat', email: 'octo@octo.example' };
    const old = { user, source: null, conversation_message: { body: '<p>Hello</p>' } };
    const message = tell('intercom', 'conversation.user.created', { data: { item: old } });
    assert.equal(first(message), 'Octo Cat wrote to you');
    assert.match(message.body, /^> Hello$/m);
  });

  it('of a Zendesk trigger link to the ticket, with or without a scheme in its address', () => {
    const message = tell('zendesk', 'ticket', { ticket: { link: 'acme.zendesk.example/agent/tickets/7' } });
    assert.equal(message.title?.url, 'https://acme.zendesk.example/agent/tickets/7');
  });

  it('say what a Typeform asked beside what was answered', () => {
    const { fields } = tell('typeform', 'form_response');
    assert.deepEqual(fields.map(({ name, value }) => `${name} ${value}`).slice(0, 2), [
      'What is your name? Hubot Robot',
      'How did you hear about us? From a friend',
    ]);
  });

  it('never carry the address by which anybody could cancel a Calendly booking', () => {
    assert.doesNotMatch(JSON.stringify(tell('calendly', 'invitee.created')), /cancellations|reschedulings/);
  });

  it('about a deal in HubSpot say that it was won or lost', () => {
    assert.equal(first(tellOnly('hubspot', 'deal.propertyChange', {})), 'Deal #901042 was won');
    const lost = tellOnly('hubspot', 'deal.propertyChange', { propertyValue: 'closedlost' });
    assert.deepEqual([first(lost), lost.severity], ['Deal #901042 was lost', 'warning']);
  });
});

describe('mails', () => {
  it('that Mailgun cannot deliver say whether that is for now or for good', () => {
    const failed = { 'event-data': { severity: 'temporary' } };
    assert.equal(tell('mailgun', 'permanent_fail', failed).title?.text, 'Mail to hubot@octo.example is delayed');
    assert.equal(tell('mailgun', 'permanent_fail').title?.text, 'Mail to hubot@octo.example bounced');
  });

  it('that SendGrid did not send or lost show why', () => {
    assert.match(tellOnly('sendgrid', 'dropped', {}).body, /Bounced Address/);
    assert.equal(first(tellOnly('sendgrid', 'bounce', { type: 'blocked' })), 'Mail to hubot@octo.example was blocked');
  });
});

describe('things at home', () => {
  it('that are in danger alarm, and fold once they are safe', () => {
    const wet = tell('home-assistant', 'state_changed');
    assert.deepEqual([first(wet), wet.severity], ['Leak sensor in the cellar is wet', 'critical']);
    const trigger = { from_state: { state: 'on' }, to_state: { state: 'off' } };
    const dry = tell('home-assistant', 'state_changed', { trigger });
    assert.deepEqual([first(dry), dry.severity, dry.body], ['Leak sensor in the cellar is dry again', 'good', '']);
  });

  it('are read in the short form as well that people write themselves', () => {
    const own = {
      trigger: null,
      entity_id: 'sensor.freezer',
      name: 'Freezer',
      from: '-18',
      state: '-4',
      severity: 'warning',
    };
    const message = tell('home-assistant', 'state_changed', own);
    assert.deepEqual([first(message), message.severity], ['Freezer is -4', 'warning']);
    assert.match(message.body, /^was \\-18/);
  });

  it('that Sonarr replaces by better files are not missed', () => {
    const message = tell('sonarr', 'EpisodeFileDelete', { deleteReason: 'upgrade' });
    assert.equal(first(message), 'The Carpenters 2x4 The Hinge is replaced by a better file');
  });
});
