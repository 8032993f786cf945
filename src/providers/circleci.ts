import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'CircleCI',
  docs: 'https://circleci.com/docs/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'circleci-signature', prefix: 'v1=', list: true }),
  eventType: first(header('circleci-event-type'), field('type')),
  deliveryId: field('id'),
  about: {
    source: ({ payload }) => finder(payload)('project.slug', 'project.name'),
    actor: field('pipeline.vcs.commit.author.name'),
    subject: ({ payload }) => keyed('workflow', finder(payload)('workflow.id')),
    state: ({ payload }) => finder(payload)('job.status', 'workflow.status'),
    url: field('workflow.url'),
  },
  setup: `
1. Open **Project Settings → Webhooks → Add Webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret token**, choose the events you want posted, and save.`,
});
