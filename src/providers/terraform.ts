import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'HCP Terraform',
  aliases: ['terraform-cloud', 'terraform-enterprise', 'hcp-terraform', 'tfe'],
  docs: 'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/settings/notifications',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-tfe-notification-signature', algorithm: 'sha512' }),
  handshake: ping({ when: ({ payload }) => textAt(payload, 'notifications.0.trigger') === 'verification' }),
  eventType: field('notifications.0.trigger'),
  about: {
    source: field('workspace_name'),
    actor: field('run_created_by'),
    subject: ({ payload }) => keyed('run', finder(payload)('run_id')),
    state: field('notifications.0.run_status'),
    url: field('run_url'),
  },
  setup: `
1. Open **Workspace → Settings → Notifications → Create a notification** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Token**, choose the events you want posted, and save.`,
});
