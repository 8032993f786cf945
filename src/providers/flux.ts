import { at, field, first } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { guessType } from '../reading/read-payload.ts';
import { hmac } from '../signatures/hmac.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

// https://fluxcd.io/flux/components/notification/providers/#generic-webhook-with-hmac
export default defineProvider({
  title: 'Flux',
  aliases: ['fluxcd', 'flux-cd'],
  docs: 'https://fluxcd.io/flux/components/notification/providers/#generic-webhook-with-hmac',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'ReconciliationFailed',
  signature: hmac({ header: 'x-signature', prefix: 'sha256=' }),
  eventType: first(field('reason'), guessType),
  // It signs the body alone, and every body is dated.
  identity: wholeBody,
  about: {
    title: ({ payload, type }) => finder(payload)('message') ?? guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('involvedObject.name'),
    // Of one revision, for what fails and then succeeds is the same; an object without any is one thing.
    subject: ({ payload }) => {
      const find = finder(payload);
      const object = ['kind', 'namespace', 'name']
        .map((part) => find(`involvedObject.${part}`))
        .filter(Boolean)
        .join('/');
      return keyed('deployment', object || undefined, '@', annotation(payload, 'revision') ?? 'none');
    },
    state: ({ payload, type }) => stateOf(finder(payload), type),
    severity: severityFor,
    occurredAt: ({ payload }) => toMoment(finder(payload)('timestamp')),
    labels: ({ payload }) =>
      labelled({
        kind: finder(payload)('involvedObject.kind'),
        namespace: finder(payload)('involvedObject.namespace'),
        cluster: annotation(payload, 'cluster'),
        environment: annotation(payload, 'environment') ?? annotation(payload, 'env'),
      }),
  },
  unfinished: ({ type }) => (type.startsWith('Progressing') ? 'it has not finished yet' : undefined),
  setup: `
1. Apply this, in the namespace of your Flux objects:

   \`\`\`yaml
   apiVersion: v1
   kind: Secret
   metadata: { name: bellhop, namespace: flux-system }
   stringData:
     address: {{url}}
     token: {{secret}}
   ---
   apiVersion: notification.toolkit.fluxcd.io/v1beta3
   kind: Provider
   metadata: { name: bellhop, namespace: flux-system }
   spec:
     type: generic-hmac
     secretRef: { name: bellhop }
   ---
   apiVersion: notification.toolkit.fluxcd.io/v1beta3
   kind: Alert
   metadata: { name: bellhop, namespace: flux-system }
   spec:
     providerRef: { name: bellhop }
     eventSeverity: info
     eventMetadata: { env: production }
     eventSources:
       - { kind: Kustomization, name: "*" }
       - { kind: HelmRelease, name: "*" }
   \`\`\`
2. With \`eventSeverity: error\` only what fails is posted.`,
});

/** A value of the metadata. Those of the controllers have the name of their API before them. */
function annotation(payload: unknown, name: string): string | undefined {
  const metadata = at(payload, 'metadata');
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const found = Object.entries(metadata).find(([key]) => key === name || key.endsWith(`/${name}`));
  return typeof found?.[1] === 'string' && found[1] !== '' ? found[1] : undefined;
}

function stateOf(find: Find, type: string): string | undefined {
  // It waits for another, which says itself what is wrong.
  if (type === 'DependencyNotReady') return 'waiting';
  if (find('severity') === 'error' || /Failed$/.test(type)) return 'failed';
  if (/Succeeded$/.test(type)) return 'succeeded';
  return /^Progressing/.test(type) ? 'running' : undefined;
}

function severityFor({ payload, type }: Incoming): Severity {
  const state = stateOf(finder(payload), type);
  if (state === 'waiting') return 'warning';
  if (state === 'failed') return 'critical';
  if (/^(?:Rollback|Uninstall)Succeeded$|^DriftDetected$/.test(type)) return 'warning';
  return state === 'succeeded' ? 'good' : 'info';
}
