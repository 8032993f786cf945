import { field, first } from '../core/delivery/readers.ts';
import { severityOf } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { guessType } from '../reading/read-payload.ts';
import { unsigned } from '../signatures/unsigned.ts';

// https://www.pingdom.com/resources/webhooks/
export default defineProvider({
  title: 'Pingdom',
  docs: 'https://www.pingdom.com/resources/webhooks/',
  secret: 'none',
  evidence: 'community',
  sample: 'down',
  signature: unsigned(),
  eventType: first(({ payload }) => finder(payload)('current_state')?.toLowerCase(), guessType),
  about: {
    title: ({ payload, type }) => finder(payload)('check_name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => {
      const id = finder(payload)('check_id');
      return id && `https://my.pingdom.com/app/reports/uptime#check=${encodeURIComponent(id)}`;
    },
    source: first(field('check_name'), field('check_params.hostname')),
    subject: ({ payload }) => keyed('check', finder(payload)('check_id')),
    state: ({ type }) => (/^(?:up|success)$/.test(type) ? 'up' : /^(?:down|failing)$/.test(type) ? 'down' : type),
    severity: ({ payload, type }) => {
      const severity = severityOf(type) ?? 'info';
      return severity === 'critical' && finder(payload)('importance_level') === 'LOW' ? 'warning' : severity;
    },
    occurredAt: ({ payload }) => toMoment(finder(payload)('state_changed_timestamp', 'state_changed_utc_time')),
    labels: ({ payload }) =>
      labelled({ type: finder(payload)('check_type'), host: finder(payload)('check_params.hostname') }),
  },
  setup: `
1. Open **Integrations → Add integration**, choose **Webhook**, name it and paste {{url}} as **URL**.
2. Edit the checks you want posted and tick the integration under **Connect integrations**.

Pingdom signs nothing: keep the URL secret.`,
});
