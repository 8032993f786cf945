import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

const SEVERITIES = dictionary<Severity>({
  ALERT_FAILURE: 'critical',
  ALERT_FAILURE_REMAIN: 'critical',
  ALERT_DEGRADED_FAILURE: 'critical',
  ALERT_DEGRADED: 'warning',
  ALERT_DEGRADED_REMAIN: 'warning',
  ALERT_FAILURE_DEGRADED: 'warning',
  ALERT_SSL: 'warning',
  ALERT_RECOVERY: 'good',
  ALERT_DEGRADED_RECOVERY: 'good',
});
const STATES = dictionary<string>({ critical: 'failed', warning: 'degraded', good: 'recovered' });

// https://www.checklyhq.com/docs/integrations/alerts/webhooks/
export default defineProvider({
  title: 'Checkly',
  docs: 'https://www.checklyhq.com/docs/integrations/alerts/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'ALERT_FAILURE',
  signature: hmac({ header: 'x-checkly-signature' }),
  eventType: ({ payload }) => finder(payload)('alert_type', 'ALERT_TYPE', 'alertType'),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('check_name', 'event', 'alert_title') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('link', 'result_link'),
    source: ({ payload }) => finder(payload)('check_name', 'group_name'),
    subject: ({ payload, type }) =>
      // A certificate runs out whether or not the check passes.
      keyed(type === 'ALERT_SSL' ? 'certificate' : 'check', finder(payload)('check_id', 'check_name')),
    state: ({ type }) => (type === 'ALERT_SSL' ? 'expiring' : STATES(SEVERITIES(type))),
    severity: ({ type }) => SEVERITIES(type) ?? 'info',
    occurredAt: ({ payload }) => toMoment(finder(payload)('started_at')),
    labels: ({ payload }) =>
      labelled({
        type: finder(payload)('check_type'),
        group: finder(payload)('group_name'),
        location: finder(payload)('run_location', 'region'),
      }),
  },
  setup: `
1. Open **Alerts → Alert channels → Add more channels → Webhook** and paste {{url}} as **URL**, with the method **POST**.
2. Keep the **Body** that Checkly proposes, or paste this one:

   \`\`\`json
   {
     "event": "{{ALERT_TITLE}}", "alert_type": "{{ALERT_TYPE}}", "link": "{{RESULT_LINK}}",
     "check_id": "{{CHECK_ID}}", "check_name": "{{CHECK_NAME}}", "check_type": "{{CHECK_TYPE}}",
     "group_name": "{{GROUP_NAME}}", "check_error_message": "{{CHECK_ERROR_MESSAGE}}",
     "response_time": "{{RESPONSE_TIME}}", "run_location": "{{RUN_LOCATION}}", "started_at": "{{STARTED_AT}}",
     "api_check_response_status_code": "{{API_CHECK_RESPONSE_STATUS_CODE}}",
     "api_check_response_status_text": "{{API_CHECK_RESPONSE_STATUS_TEXT}}",
     "ssl_days_remaining": "{{SSL_DAYS_REMAINING}}", "ssl_check_domain": "{{SSL_CHECK_DOMAIN}}"
   }
   \`\`\`
3. Paste {{secret}} as **Webhook secret**, save, and subscribe the checks you want posted.`,
});
