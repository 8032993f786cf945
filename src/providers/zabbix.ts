import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

const TYPES = dictionary<string>({
  PROBLEM: 'problem',
  RESOLVED: 'resolved',
  OK: 'resolved',
  UPDATE: 'update',
  '1': 'problem',
  '0': 'resolved',
});
const SEVERITIES = dictionary<Severity>({
  disaster: 'critical',
  high: 'critical',
  average: 'warning',
  warning: 'warning',
  information: 'info',
  'not classified': 'info',
});

// https://www.zabbix.com/documentation/current/en/manual/config/notifications/media/webhook
export default defineProvider({
  title: 'Zabbix',
  docs: 'https://www.zabbix.com/documentation/current/en/manual/config/notifications/media/webhook',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'problem',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: ({ payload }) => {
    const find = finder(payload);
    if (find('update') === '1' || find('event_update_status') === '1') return 'update';
    const status = find('status', 'event_status', 'event_value');
    return TYPES(status?.toUpperCase()) ?? status?.toLowerCase();
  },
  about: {
    title: ({ payload, type }) =>
      finder(payload)('trigger', 'event_name', 'subject') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('link', 'url', 'event_url'),
    source: ({ payload }) => finder(payload)('hostname', 'host', 'host_name'),
    actor: ({ payload, type }) => (type === 'update' ? finder(payload)('user', 'update_user') : undefined),
    subject: ({ payload }) => {
      const find = finder(payload);
      return (
        keyed('problem', find('event_id', 'eventid') ?? find('link', 'url')?.match(/[?&]eventid=(\d+)/)?.[1]) ??
        keyed('problem', find('hostname', 'host'), '/', find('trigger', 'event_name'))
      );
    },
    state: ({ payload, type }) => (type !== 'update' ? type : isAcknowledged(payload) ? 'acknowledged' : 'problem'),
    severity: severityFor,
    occurredAt: ({ payload }) => toMoment(finder(payload)('time', 'event_time')),
    labels: ({ payload }) =>
      labelled({
        severity: finder(payload)('severity', 'event_severity')?.toLowerCase(),
        environment: finder(payload)('environment', 'env'),
      }),
  },
  // A problem is an alarm until it is over.
  follow: 'edit',
  setup: `
1. Open **Alerts → Media types → Create media type**, name it and choose the type **Webhook**.
2. Add these parameters: \`url\` = {{url}}, \`secret\` = {{secret}}, \`event_id\` = \`{EVENT.ID}\`, \`status\` = \`{EVENT.STATUS}\`, \`update\` = \`{EVENT.UPDATE.STATUS}\`, \`trigger\` = \`{EVENT.NAME}\`, \`hostname\` = \`{HOST.NAME}\`, \`severity\` = \`{EVENT.SEVERITY}\`, \`item\` = \`{EVENT.OPDATA}\`, \`duration\` = \`{EVENT.DURATION}\`, \`acknowledged\` = \`{EVENT.ACK.STATUS}\`, \`user\` = \`{USER.FULLNAME}\`, \`action\` = \`{EVENT.UPDATE.ACTION}\`, \`comment\` = \`{EVENT.UPDATE.MESSAGE}\`, \`link\` = \`{$ZABBIX.URL}/tr_events.php?triggerid={TRIGGER.ID}&eventid={EVENT.ID}\`.
3. Paste this as **Script**:

   \`\`\`js
   var given = JSON.parse(value), request = new HttpRequest();
   request.addHeader('Content-Type: application/json');
   request.addHeader('Authorization: Bearer ' + given.secret);
   delete given.secret;
   var url = given.url;
   delete given.url;
   request.post(url, JSON.stringify(given));
   if (request.getStatus() >= 300) throw 'Answered ' + request.getStatus();
   return 'OK';
   \`\`\`
4. Give the media type to a user, and send problems, recoveries and updates to that user by a trigger action.`,
});

function isAcknowledged(payload: unknown): boolean {
  return finder(payload)('acknowledged', 'event_ack_status')?.toLowerCase() === 'yes';
}

function severityFor({ payload, type }: Incoming): Severity {
  if (type === 'resolved') return 'good';
  const severity = SEVERITIES(finder(payload)('severity', 'event_severity')?.toLowerCase()) ?? 'warning';
  return type === 'update' && severity === 'critical' && isAcknowledged(payload) ? 'warning' : severity;
}
