import { at, field, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

/** What became of a deployment, by the last word of its event. */
const STATES = dictionary<string>({
  created: 'building',
  ready: 'succeeded',
  succeeded: 'succeeded',
  error: 'failed',
  canceled: 'cancelled',
});

// https://vercel.com/docs/webhooks/webhooks-api
export default defineProvider({
  title: 'Vercel',
  docs: 'https://vercel.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'deployment.error',
  signature: hmac({ header: 'x-vercel-signature', algorithm: 'sha1' }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    source: ({ payload }) =>
      finder(payload)('payload.project.name', 'payload.deployment.name', 'payload.name', 'payload.project.id'),
    actor: ({ payload }) => actorOf(finder(payload)),
    subject: ({ payload }) =>
      keyed('deployment', finder(payload)('payload.deployment.id')) ??
      keyed('project', finder(payload)('payload.project.id')),
    state: ({ type }) => (type.startsWith('deployment.') ? STATES(type.split('.').at(-1)) : undefined),
    severity: ({ payload, type }) => severityFor(environmentIn(payload), type),
    occurredAt: ({ payload }) => toMoment(at(payload, 'createdAt')),
    url: ({ payload }) => {
      const links = finder(payload)('payload.links.deployment', 'payload.deployment.inspectorUrl');
      return links ?? finder(payload)('payload.links.project') ?? 'https://vercel.com/dashboard';
    },
    labels: ({ payload }) =>
      labelled({
        environment: environmentIn(payload),
        branch: finder(payload)(...metaPaths('CommitRef')),
      }),
  },
  happening({ payload, type }) {
    const id = textAt(payload, 'payload.deployment.id');
    // A deployment is ready once before its checks, and once after them.
    if (!id || !/^deployment\.(?:ready|succeeded)$/.test(type)) return undefined;
    return { keys: [`deployment ${id}`], fact: 'ready', within: 600 };
  },
  setup: `
1. Open **Team Settings → Webhooks → Create Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});

/** What was built for review has no target. */
function environmentIn(payload: unknown): string | undefined {
  const target = at(payload, 'payload.target');
  if (typeof target === 'string' && target) return target;
  return target === null && at(payload, 'payload.deployment') ? 'preview' : undefined;
}

function actorOf(find: Find): string | undefined {
  return find(
    'payload.user.username',
    'payload.user.name',
    ...metaPaths('CommitAuthorLogin'),
    ...metaPaths('CommitAuthorName'),
  );
}

function metaPaths(name: string): readonly string[] {
  return ['github', 'gitlab', 'bitbucket'].map((host) => `payload.deployment.meta.${host}${name}`);
}

function severityFor(environment: string | undefined, type: string): Severity {
  if (/\.(?:error|failed)$/.test(type)) return environment === 'preview' ? 'warning' : 'critical';
  if (/^deployment\.rollback|^project\.removed/.test(type) || /^alerts?\./.test(type)) return 'warning';
  return /^deployment\.(?:ready|succeeded|promoted)$/.test(type) ? 'good' : 'info';
}
