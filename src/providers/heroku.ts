import { joined } from '../core/delivery/joined.ts';
import { field, first, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

const SEVERITIES = dictionary<Severity>({ failed: 'critical', crashed: 'critical', succeeded: 'good', up: 'good' });
/** What a dyno goes through whenever it is moved, which each one is every day. */
const USUAL = dictionary<true>({ starting: true, down: true, idle: true });

// https://devcenter.heroku.com/articles/app-webhooks-schema
export default defineProvider({
  title: 'Heroku',
  docs: 'https://devcenter.heroku.com/articles/app-webhooks',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'update.release',
  signature: hmac({ header: 'heroku-webhook-hmac-sha256', encoding: 'base64' }),
  // Deploy hooks, which came before webhooks and which others still imitate, are a form without a type.
  eventType: ({ payload }) =>
    joined(':', textAt(payload, 'action'), textAt(payload, 'resource')) ??
    (textAt(payload, 'git_log') !== undefined || textAt(payload, 'head_long') !== undefined ? 'deploy' : undefined),
  deliveryId: first(field('webhook_metadata.delivery.id'), field('id')),
  follow: 'edit',
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    source: ({ payload }) => {
      const find = finder(payload);
      return find('data.app.name', 'app') ?? (find('resource') === 'app' ? find('data.name') : undefined);
    },
    actor: ({ payload }) => finder(payload)('actor.email', 'data.user.email', 'user'),
    subject: ({ payload }) => subjectOf(finder(payload)),
    state: ({ payload }) => finder(payload)('data.status', 'data.state'),
    severity: ({ payload, type }) =>
      type === 'deploy' ? 'good' : (SEVERITIES(finder(payload)('data.status', 'data.state')) ?? severityFor(type)),
    occurredAt: ({ payload }) => toMoment(finder(payload)('data.updated_at', 'created_at', 'published_at')),
    url: ({ payload }) => urlOf(finder(payload)),
    labels: ({ payload }) => labelled({ version: finder(payload)('data.version', 'release') }),
  },
  happening({ payload }) {
    const [resource, id] = [textAt(payload, 'resource'), textAt(payload, 'data.id')];
    const status = textAt(payload, 'data.status');
    if (!id || !status || (resource !== 'release' && resource !== 'build')) return undefined;
    // A release that runs no commands is created in the state in which it is then said to be updated.
    return { keys: [`${resource} ${id}`], fact: status, within: 600 };
  },
  quiet: ({ payload }) => {
    if (textAt(payload, 'resource') !== 'dyno') return undefined;
    const isUsual = USUAL(textAt(payload, 'data.state')) ?? textAt(payload, 'action') === 'destroy';
    return isUsual && textAt(payload, 'data.state') !== 'crashed' ? 'dynos start and stop every day' : undefined;
  },
  setup: `
1. Type \`heroku webhooks:add -i api:release,api:build,api:dyno -l notify -u {{url}} -s {{secret}} -a YOUR-APP\`, with the entities you want posted after \`-i\`.`,
});

function subjectOf(find: Find): string | undefined {
  const [resource, app, name] = [find('resource'), find('data.app.name', 'app'), find('data.name')];
  // A dyno that was restarted has another id, and the same name.
  if (resource === 'dyno') return keyed('dyno', app && `${app}/`, name);
  return keyed(resource ?? 'release', find('data.id', 'head_long', 'head'));
}

function urlOf(find: Find): string | undefined {
  const [resource, app, id] = [find('resource'), find('data.app.name'), find('data.id')];
  if (!app) return resource === 'app' ? dashboard(find('data.name')) : (find('data.web_url') ?? find('url'));
  if (resource === 'release' || resource === 'build') {
    return id && `${dashboard(app)}/activity/${resource}s/${encodeURIComponent(id)}`;
  }
  return dashboard(app, resource === 'addon' || resource === 'dyno' ? '/resources' : '/activity');
}

function dashboard(app: string | undefined, page = ''): string | undefined {
  return app && `https://dashboard.heroku.com/apps/${encodeURIComponent(app)}${page}`;
}

function severityFor(type: string): Severity {
  return type === 'destroy:app' ? 'warning' : 'info';
}
