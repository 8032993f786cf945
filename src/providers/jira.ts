import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Jira',
  aliases: ['jira-cloud', 'jira-server'],
  docs: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha256=' }),
  eventType: field('webhookEvent'),
  deliveryId: header('x-atlassian-webhook-identifier'),
  // It signs the body alone.
  identity: signedBytes('x-hub-signature'),
  about: {
    source: ({ payload }) => finder(payload)('issue.fields.project.key', 'project.key', 'version.projectId'),
    actor: ({ payload }) =>
      finder(payload)('user.displayName', 'comment.author.displayName', 'worklog.author.displayName'),
    subject: ({ payload }) => keyed('issue', finder(payload)('issue.key')),
    state: field('issue.fields.status.name'),
    occurredAt: ({ payload }) => toMoment(finder(payload)('timestamp', 'issue.fields.updated')),
  },
  setup: `
1. Open **System → WebHooks → Create a WebHook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
