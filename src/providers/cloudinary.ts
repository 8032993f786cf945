import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { body, secret, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Cloudinary',
  docs: 'https://cloudinary.com/documentation/notification_signatures',
  secret: 'theirs',
  evidence: 'vendor',
  options: {
    algorithm: { description: 'The algorithm of the account; `sha1` when left out', choices: ['sha1', 'sha256'] },
  },
  signature: chosen((_delivery, { options }) =>
    timestamped({
      header: 'x-cld-signature',
      time: { header: 'x-cld-timestamp' },
      signed: [body, time, secret],
      algorithm: options.algorithm === 'sha256' ? 'sha256' : 'sha1',
      tolerance: 7_200,
    }),
  ),
  eventType: field('notification_type'),
  about: {
    source: field('resource_type'),
    subject: ({ payload }) => keyed('asset', finder(payload)('public_id')),
    url: field('secure_url'),
  },
  setup: `
1. Open **Settings → Webhook Notifications** and paste {{url}} as the URL.
2. Open **Settings → API Keys**, copy the **API secret**, and give it to Bellhop.`,
});
