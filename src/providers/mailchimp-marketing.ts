import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { present } from '../handshakes/presence.ts';
import { finder, keyed } from '../reading/finder.ts';
import { unsigned } from '../signatures/unsigned.ts';

export default defineProvider({
  title: 'Mailchimp',
  aliases: ['mailchimp'],
  docs: 'https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/',
  secret: 'none',
  evidence: 'community',
  signature: unsigned(),
  handshake: present('GET'),
  eventType: field('type'),
  about: {
    source: ({ payload }) => finder(payload)('data.list_id', 'data[list_id]'),
    actor: ({ payload }) => finder(payload)('data.email', 'data[email]'),
    subject: ({ payload }) => keyed('member', finder(payload)('data.id', 'data[id]')),
  },
  setup: `
1. Open **Audience → Settings → Webhooks → Create New Webhook** and paste {{url}} as the URL.`,
});
