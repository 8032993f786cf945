import { field, first, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { ping } from '../handshakes/ping.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

const STATES = dictionary<string>({
  'run:created': 'pending',
  'run:planning': 'running',
  'run:needs_attention': 'waiting',
  'run:applying': 'running',
  'run:completed': 'completed',
  'run:errored': 'failed',
  'assessment:drifted': 'open',
  'assessment:check_failure': 'open',
  'assessment:failed': 'open',
});
const SEVERITIES = dictionary<Severity>({
  'run:needs_attention': 'warning',
  'run:completed': 'good',
  'run:errored': 'critical',
  'assessment:drifted': 'warning',
  'assessment:check_failure': 'critical',
  'assessment:failed': 'warning',
  'workspace:auto_destroy_reminder': 'warning',
});

// https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations
export default defineProvider({
  title: 'HCP Terraform',
  aliases: ['terraform-cloud', 'terraform-enterprise', 'hcp-terraform', 'tfe'],
  docs: 'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/settings/notifications',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'run.errored',
  signature: hmac({ header: 'x-tfe-notification-signature', algorithm: 'sha512' }),
  handshake: ping({ when: ({ payload }) => textAt(payload, 'notifications.0.trigger') === 'verification' }),
  // Runs stand in the first version of its payload, workspaces in the second.
  eventType: first(field('notifications.0.trigger'), field('trigger')),
  // It names no delivery, and signs the body alone.
  identity: wholeBody,
  about: {
    title: ({ payload, type }) =>
      finder(payload)('run_message', 'message', 'notifications.0.message') ?? guessAbout(payload, type).title,
    url: ({ payload }) => urlOf(finder(payload)),
    source: first(field('workspace_name'), field('details.workspace_name')),
    actor: first(field('notifications.0.run_updated_by'), field('run_created_by')),
    subject: ({ payload, type }) => {
      const find = finder(payload);
      const workspace = find('workspace_id', 'details.workspace_id', 'details.workspace_name');
      return (
        keyed('run', find('run_id')) ??
        (type.startsWith('assessment:')
          ? keyed('check', workspace, '/', type.split(':').at(-1))
          : keyed('workspace', workspace))
      );
    },
    state: ({ payload, type }) => (isDiscarded(finder(payload), type) ? 'canceled' : STATES(type)),
    severity: ({ payload, type }) => (isDiscarded(finder(payload), type) ? 'info' : (SEVERITIES(type) ?? 'info')),
    occurredAt: ({ payload }) =>
      toMoment(finder(payload)('notifications.0.run_updated_at', 'details.new_assessment_result.created_at')),
    labels: ({ payload }) =>
      labelled({ organization: finder(payload)('organization_name', 'details.organization_name') }),
  },
  unfinished: ({ type }) => (/^run:(?:created|planning|applying)$/.test(type) ? 'it has not finished yet' : undefined),
  setup: `
1. Open **Workspace → Settings → Notifications → Create a notification** and choose **Webhook**.
2. Name it, paste {{url}} as **Webhook URL** and {{secret}} as **Token**.
3. Choose the workspace and run events you want posted (**Needs attention**, **Completed**, **Errored** and **Drift detected** are worth it), and press **Create a notification**.`,
});

/** An errored run may be one that a person gave up. */
function isDiscarded(find: Find, type: string): boolean {
  return (
    type === 'run:errored' && /^(?:cancell?ed|discarded|force_canceled)$/.test(find('notifications.0.run_status') ?? '')
  );
}

function urlOf(find: Find): string | undefined {
  const run = find('run_url', 'details.run_url', 'details.run.url');
  if (run) return run;
  const [organization, workspace] = [
    find('organization_name', 'details.organization_name'),
    find('workspace_name', 'details.workspace_name'),
  ];
  // An assessment has only addresses of the API.
  const host = find('notification_configuration_url')?.match(/^https:\/\/[^/]+/)?.[0] ?? 'https://app.terraform.io';
  if (!organization || !workspace) return undefined;
  return `${host}/app/${encodeURIComponent(organization)}/workspaces/${encodeURIComponent(workspace)}`;
}
