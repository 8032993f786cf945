import { severityOf } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

// https://docs.splunk.com/Documentation/Splunk/latest/Alert/Webhooks
export default defineProvider({
  title: 'Splunk',
  docs: 'https://docs.splunk.com/Documentation/Splunk/latest/Alert/Webhooks',
  secret: 'none',
  evidence: 'vendor',
  sample: 'alert',
  signature: unsigned(),
  // It has one kind of message: a saved search found something.
  eventType: ({ payload }) => (finder(payload)('sid', 'search_name', 'results_link') ? 'alert' : undefined),
  about: {
    title: ({ payload, type }) => finder(payload)('search_name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('results_link'),
    source: ({ payload }) => finder(payload)('search_name', 'app'),
    // It never says that something is over, so each is posted by itself.
    subject: ({ payload }) => keyed('search', finder(payload)('search_name')),
    severity: ({ payload, type }) =>
      severityOf(finder(payload)('result.severity', 'result.urgency', 'result.level', 'result.log_level')) ??
      (type === 'alert' ? 'warning' : 'info'),
    occurredAt: ({ payload }) => toMoment(finder(payload)('result._time')),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        app: find('app'),
        host: find('result.host'),
        environment: find('result.environment', 'result.env'),
      });
    },
  },
  setup: `
1. Run the search, press **Save As → Alert**, and choose when it triggers.
2. Press **Add Actions → Webhook** and paste {{url}} as **URL**.
3. Allow the address first under **Settings → Server settings → Webhook allow list** on Splunk Cloud.

Splunk signs nothing: keep the URL secret.`,
});
