import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { contentful } from '../signatures/own/contentful.ts';

export default defineProvider({
  title: 'Contentful',
  docs: 'https://www.contentful.com/developers/docs/extensibility/app-framework/request-verification/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: contentful,
  eventType: header('x-contentful-topic'),
  deliveryId: header('x-contentful-webhook-request-attempt-id'),
  about: {
    source: field('sys.space.sys.id'),
    actor: field('sys.updatedBy.sys.id'),
    subject: ({ payload }) => keyed('entry', finder(payload)('sys.id')),
  },
  setup: `
1. Open **Settings → Webhooks → Add webhook** and paste {{url}} as **URL**.
2. Open **Settings → Webhooks → Settings**, switch on **Request verification**, copy the **signing secret**, and give it to Bellhop.`,
});
