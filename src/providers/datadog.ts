import { first } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { severityOf } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { guessType } from '../reading/read-payload.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

/** `[Re-Triggered on {host:web-1}] CPU is high`: the transition, what it is about, and the monitor. */
const TITLE = /^\[(?:P\d\] ?\[)?((?:Re-)?(?:Triggered|Warn|No Data)|Recovered|Renotify)(?: on \{([^}]*)\})?\]\s*(.*)$/s;

// https://docs.datadoghq.com/integrations/webhooks/
export default defineProvider({
  title: 'Datadog',
  aliases: ['data-dog'],
  docs: 'https://docs.datadoghq.com/integrations/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'triggered',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: first(
    ({ payload }) => typeOf(transitionOf(payload)),
    ({ payload }) => finder(payload)('event_type'),
    guessType,
  ),
  about: {
    title: ({ payload, type }) => {
      const title = finder(payload)('alert_title', 'title', 'event_title');
      return TITLE.exec(title ?? '')?.[3] || (title ?? guessAbout(payload, type).title);
    },
    url: ({ payload }) => finder(payload)('link', 'url'),
    source: ({ payload }) =>
      tagged(payload, 'service') ??
      finder(payload)('hostname', 'host') ??
      tagged(payload, 'host') ??
      finder(payload)('alert_scope', 'scope', 'org.name'),
    actor: ({ payload }) => finder(payload)('username', 'user'),
    subject: ({ payload }) => {
      const find = finder(payload);
      // A monitor of many groups alerts for each of them by itself.
      const [, , scope = '', name] = TITLE.exec(find('title', 'event_title') ?? '') ?? [];
      const id = find('alert_cycle_key', 'aggreg_key', 'aggregation_key', 'alert_id');
      return keyed('monitor', id) ?? keyed('monitor', name, ' ', scope);
    },
    state: ({ payload, type }) => (transitionOf(payload) ? type : finder(payload)('alert_status')),
    severity: severityFor,
    occurredAt: ({ payload }) => toMoment(finder(payload)('last_updated', 'date', 'date_posix')),
    labels: ({ payload }) =>
      labelled({
        environment: tagged(payload, 'env'),
        service: tagged(payload, 'service'),
        priority: finder(payload)('alert_priority'),
      }),
  },
  setup: `
1. Open **Integrations → Webhooks → New Webhook**, name it and paste {{url}} as **URL**.
2. Paste this as **Payload**, so that a recovery is told apart from a new alert:

   \`\`\`json
   {
     "id": "$ID", "event_type": "$EVENT_TYPE", "title": "$EVENT_TITLE", "body": "$TEXT_ONLY_MSG",
     "alert_id": "$ALERT_ID", "alert_cycle_key": "$ALERT_CYCLE_KEY", "alert_title": "$ALERT_TITLE",
     "alert_transition": "$ALERT_TRANSITION", "alert_type": "$ALERT_TYPE", "alert_priority": "$ALERT_PRIORITY",
     "alert_status": "$ALERT_STATUS", "alert_scope": "$ALERT_SCOPE", "alert_metric": "$ALERT_METRIC",
     "hostname": "$HOSTNAME", "tags": "$TAGS", "link": "$LINK", "snapshot": "$SNAPSHOT",
     "last_updated": "$LAST_UPDATED", "org": { "id": "$ORG_ID", "name": "$ORG_NAME" }
   }
   \`\`\`
3. Check **Custom Headers** and paste \`{"Authorization": "Bearer {{secret}}"}\`. With \`header=…\` the secret stands alone in a header of that name.
4. Write \`@webhook-NAME\` into the message of the monitors you want posted.`,
});

function transitionOf(payload: unknown): string | undefined {
  const find = finder(payload);
  return find('alert_transition') ?? TITLE.exec(find('title', 'event_title') ?? '')?.[1];
}

/** `Re-No Data` is `re-no_data`. */
function typeOf(transition: string | undefined): string | undefined {
  return transition?.trim().toLowerCase().replace(/\s+/g, '_');
}

/** Tags are one text: `env:production,service:checkout`. */
function tagged(payload: unknown, name: string): string | undefined {
  const find = finder(payload);
  const tags = [find('tags'), find('alert_scope')].flatMap((text) => text?.split(/,\s*/) ?? []);
  return tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1) || undefined;
}

function severityFor({ payload, type }: Incoming): Severity {
  if (type === 'renotify') return severityOf(finder(payload)('alert_type')) ?? 'critical';
  return severityOf(type.replace(/^re-/, ''), finder(payload)('alert_type')) ?? 'info';
}
