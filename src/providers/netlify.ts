import type { Parsed } from '../core/delivery/delivery.ts';
import { field, first, header, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hashesBody } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

const TYPES = dictionary<string>({ building: 'deploy_building', ready: 'deploy_created', error: 'deploy_failed' });
const SEVERITIES = dictionary<Severity>({
  deploy_created: 'good',
  deploy_request_pending: 'warning',
});
const STATES = dictionary<string>({
  building: 'building',
  pending_review: 'pending',
  ready: 'succeeded',
  error: 'failed',
});

// https://docs.netlify.com/deploy/deploy-notifications/
export default defineProvider({
  title: 'Netlify',
  docs: 'https://docs.netlify.com/deploy/deploy-notifications/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'deploy_failed',
  signature: jwt({
    header: 'x-webhook-signature',
    algorithms: ['HS256'],
    issuer: 'netlify',
    rules: [hashesBody('sha256', 'hex')],
  }),
  eventType: first(header('x-netlify-event'), typeOf),
  deliveryId: field('id'),
  // It signs the body alone.
  identity: wholeBody,
  // The header with the type is not signed.
  contradicts: ({ payload }, type) => {
    const said = TYPES(textAt(payload, 'state'));
    const isOutcome = type === 'deploy_failed' || type === 'deploy_created';
    return isOutcome && said && said !== type ? `a header calls it \`${type}\`, but its state is another` : undefined;
  },
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    // In a form that somebody filled in, the name is that person's.
    source: ({ payload }) =>
      isForm(payload) ? hostOf(textAt(payload, 'site_url')) : finder(payload)('name', 'site_name'),
    actor: ({ payload }) => (isForm(payload) ? finder(payload)('name', 'email') : finder(payload)('committer')),
    subject: ({ payload }) => keyed(isForm(payload) ? 'submission' : 'deploy', finder(payload)('id')),
    state: ({ payload, type }) =>
      type === 'deploy_deleted' ? 'deleted' : /locked$/.test(type) ? undefined : STATES(textAt(payload, 'state')),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('updated_at', 'created_at')),
    url: ({ payload }) => urlOf(finder(payload)),
    labels: ({ payload }) =>
      labelled({
        environment: finder(payload)('context')?.replace('deploy-preview', 'preview'),
        branch: finder(payload)('branch'),
      }),
  },
  setup: `
1. Open **Project configuration → Notifications → Add notification → HTTP POST request** and paste {{url}} as the URL.
2. Paste {{secret}} as the **JWS secret token**, choose the events you want posted, and save.`,
});

function typeOf({ payload }: Parsed): string | undefined {
  const state = textAt(payload, 'state');
  return isForm(payload) ? 'submission_created' : (TYPES(state) ?? state);
}

function isForm(payload: unknown): boolean {
  return textAt(payload, 'form_id') !== undefined || textAt(payload, 'form_name') !== undefined;
}

function hostOf(url: string | undefined): string | undefined {
  return url ? URL.parse(url)?.hostname : undefined;
}

function urlOf(find: Find): string | undefined {
  const [admin, id] = [find('admin_url'), find('id')];
  if (admin && id && find('state')) return `${admin}/deploys/${encodeURIComponent(id)}`;
  return admin ?? find('deploy_ssl_url', 'site_url');
}

function severityFor(find: Find, type: string): Severity {
  if (type !== 'deploy_failed') return SEVERITIES(type) ?? 'info';
  // Netlify calls a build that was not worth it an error as well.
  if (/cancell?ed|no content change/i.test(find('error_message') ?? '')) return 'info';
  return /^(?:deploy-preview|branch-deploy)/.test(find('context') ?? '') ? 'warning' : 'critical';
}
