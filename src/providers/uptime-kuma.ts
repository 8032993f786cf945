import { at } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

const STATES = dictionary<string>({ '0': 'down', '1': 'up', '2': 'pending', '3': 'maintenance' });
const SEVERITIES = dictionary<Severity>({ down: 'critical', up: 'good', pending: 'warning' });

// https://github.com/louislam/uptime-kuma/blob/master/server/notification-providers/webhook.js
export default defineProvider({
  title: 'Uptime Kuma',
  aliases: ['uptimekuma', 'kuma'],
  docs: 'https://github.com/louislam/uptime-kuma/wiki/Notification-Methods',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'down',
  options: ownHeaderOption,
  signature: ownHeader,
  // A test, and a certificate that expires, are words alone.
  recognize: { fields: ['heartbeat', 'monitor', 'msg'] },
  eventType: ({ payload }) => STATES(finder(payload)('heartbeat.status')) ?? 'message',
  about: {
    title: ({ payload, type }) => finder(payload)('monitor.name', 'msg') ?? guessAbout(payload, type).title,
    url: ({ payload }) => {
      const url = finder(payload)('monitor.url');
      // It keeps the beginning of an address for monitors that have none.
      return url && /^https?:\/\/[^/]/.test(url) ? url : undefined;
    },
    source: ({ payload }) => finder(payload)('monitor.name') ?? finder(payload)('msg')?.match(/^\[([^\]]+)\]\[/)?.[1],
    subject: ({ payload }) => keyed('monitor', finder(payload)('monitor.id', 'heartbeat.monitorID')),
    state: ({ type }) => (type === 'message' ? undefined : type),
    severity: ({ payload, type }) =>
      SEVERITIES(type) ??
      (/certificate .*(?:expire|expiring)/i.test(finder(payload)('msg') ?? '') ? 'warning' : 'info'),
    occurredAt: ({ payload }) => toMoment(finder(payload)('heartbeat.time')),
    labels: ({ payload }) =>
      labelled({
        type: finder(payload)('monitor.type'),
        environment: tagged(payload, 'environment') ?? tagged(payload, 'env'),
      }),
  },
  setup: `
1. Open **Settings → Notifications → Setup Notification** and choose **Webhook**.
2. Paste {{url}} as **Post URL** and leave **Request Body** on **Preset - application/json**.
3. Switch on **Additional Headers** and paste \`{"Authorization": "Bearer {{secret}}"}\`. With \`header=…\` the secret stands alone in a header of that name.
4. Press **Test**, save, and switch the notification on in your monitors.`,
});

function tagged(payload: unknown, name: string): string | undefined {
  const tags = at(payload, 'monitor.tags');
  if (!Array.isArray(tags)) return undefined;
  const tag = tags.map(finder).find((find) => find('name')?.toLowerCase() === name);
  return tag?.('value');
}
