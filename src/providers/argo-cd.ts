import { at } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

const STATES = dictionary<string>({
  'app-created': 'created',
  'app-deleted': 'deleted',
  'app-deployed': 'succeeded',
  'app-health-degraded': 'degraded',
  'app-sync-failed': 'failed',
  'app-sync-running': 'running',
  'app-sync-succeeded': 'succeeded',
  'app-sync-status-unknown': 'unknown',
});
const SEVERITIES = dictionary<Severity>({
  'app-deployed': 'good',
  'app-sync-succeeded': 'good',
  'app-health-degraded': 'critical',
  'app-sync-failed': 'critical',
  'app-sync-status-unknown': 'warning',
});

// https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/services/webhook/
export default defineProvider({
  title: 'Argo CD',
  aliases: ['argocd', 'argo'],
  docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/services/webhook/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'app-sync-failed',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: ({ payload }) => {
    const find = appOf(payload);
    return find('metadata.name') ? (finder(payload)('event') ?? typeOf(find)) : finder(payload)('event');
  },
  about: {
    title: ({ payload, type }) => appOf(payload)('metadata.name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('url'),
    source: ({ payload }) => appOf(payload)('metadata.name'),
    actor: ({ payload }) => {
      const find = appOf(payload);
      return find('status.operationState.operation.initiatedBy.username', 'operation.initiatedBy.username');
    },
    // A revision is deployed once, and its health belongs to it.
    subject: ({ payload }) => {
      const find = appOf(payload);
      return keyed('deployment', find('metadata.name'), '@', revisionOf(find) ?? 'none');
    },
    state: ({ payload, type }) => STATES(type) ?? appOf(payload)('status.health.status')?.toLowerCase(),
    severity: ({ type }) => SEVERITIES(type) ?? 'info',
    occurredAt: ({ payload, type }) => {
      const find = appOf(payload);
      if (type === 'app-sync-running') return toMoment(find('status.operationState.startedAt'));
      return /^app-sync-(?:failed|succeeded)$/.test(type)
        ? toMoment(find('status.operationState.finishedAt'))
        : toMoment(find('status.reconciledAt'));
    },
    labels: ({ payload }) => {
      const find = appOf(payload);
      return labelled({
        project: find('spec.project'),
        namespace: find('spec.destination.namespace'),
        cluster: find('spec.destination.name', 'spec.destination.server'),
        environment: find('metadata.labels.environment', 'metadata.labels.env', 'metadata.labels.stage'),
      });
    },
  },
  unfinished: ({ type }) => (type === 'app-sync-running' ? 'it has not finished yet' : undefined),
  setup: `
1. Add the endpoint and what it is sent to the config map \`argocd-notifications-cm\`:

   \`\`\`yaml
   service.webhook.bellhop: |
     url: {{url}}
     headers:
       - name: Authorization
         value: Bearer $bellhop-secret
       - name: Content-Type
         value: application/json
   template.bellhop: |
     webhook:
       bellhop:
         method: POST
         body: |
           {
             "url": "{{.context.argocdUrl}}/applications/{{.app.metadata.namespace}}/{{.app.metadata.name}}",
             "app": {
               "metadata": {{toJson (pick .app.metadata "name" "namespace" "labels" "deletionTimestamp")}},
               "spec": {{toJson (pick .app.spec "project" "destination")}},
               "status": {{toJson (omit .app.status "history")}}
             }
           }
   \`\`\`
2. Add \`bellhop-secret: {{secret}}\` to \`stringData\` of the secret \`argocd-notifications-secret\`.
3. Add \`bellhop\` to \`send\` of the triggers you want posted, such as \`on-deployed\`, \`on-sync-failed\` and \`on-health-degraded\` of the catalog.
4. Subscribe all applications to them under \`subscriptions\`, or each with an annotation such as \`notifications.argoproj.io/subscribe.on-sync-failed.bellhop: ""\`.`,
});

/** The application, which a template may also send as all there is. */
function appOf(payload: unknown): Find {
  return finder(at(payload, 'app') ?? payload);
}

/** Which notification of the catalog an application is in the state for. */
function typeOf(find: Find): string {
  const [phase, health, sync] = [
    find('status.operationState.phase'),
    find('status.health.status'),
    find('status.sync.status'),
  ];
  if (find('metadata.deletionTimestamp')) return 'app-deleted';
  if (phase === 'Running') return 'app-sync-running';
  if (phase === 'Failed' || phase === 'Error') return 'app-sync-failed';
  if (health === 'Degraded') return 'app-health-degraded';
  if (sync === 'Unknown') return 'app-sync-status-unknown';
  if (phase !== 'Succeeded') return 'app-created';
  return health === 'Healthy' ? 'app-deployed' : 'app-sync-succeeded';
}

function revisionOf(find: Find): string | undefined {
  return find(
    'status.operationState.syncResult.revision',
    'status.operationState.operation.sync.revision',
    'status.sync.revision',
    'status.sync.revisions.0',
  );
}
