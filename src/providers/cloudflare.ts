import type { Parsed } from '../core/delivery/delivery.ts';
import { textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';
import { token } from '../signatures/token.ts';

/** Alerts that somebody should look at now, and those that can wait until morning. */
const URGENT = /^(?:health_check|load_balancing|http_alert_origin|tunnel_health|magic_tunnel|real_origin|pages_event)/;
const SERIOUS =
  /(?:ddos|dos_attack|http_alert|certificate|ssl|fw_anomaly|expir|incident|workers|billing|usage|route_leak|health|error)/;

// https://developers.cloudflare.com/notifications/reference/webhook-payload-schema/
export default defineProvider({
  title: 'Cloudflare',
  aliases: ['cloudflare-notifications'],
  docs: 'https://developers.cloudflare.com/notifications/get-started/configure-webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'health_check_status_notification',
  signature: token({ header: 'cf-webhook-auth' }),
  eventType: typeOf,
  // The token says nothing of the body, and no two have the same time.
  identity: wholeBody,
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    source: ({ payload }) =>
      finder(payload)(
        'data.zone_name',
        'data.tunnel_name',
        'data.project_name',
        'data.script_name',
        'data.config.name',
        'data.account_name',
        'policy_name',
      ),
    subject: ({ payload }) => keyed('alert', finder(payload)('alert_correlation_id')),
    state: ({ payload, type }) => (type === 'test' ? undefined : stateOf(payload)),
    severity: ({ payload, type }) => severityFor(finder(payload), type, stateOf(payload)),
    occurredAt: ({ payload }) =>
      toMoment(finder(payload)('data.status_change_time', 'data.start_time', 'data.timestamp', 'ts')),
    url: ({ payload }) => urlOf(finder(payload)),
    labels: ({ payload }) =>
      labelled({
        policy: finder(payload)('policy_name', 'name'),
        environment: finder(payload)('data.environment')
          ?.replace(/^ENVIRONMENT_/, '')
          .toLowerCase(),
      }),
  },
  setup: `
1. Open **Notifications → Destinations → Webhooks → Create** in the dashboard and paste {{url}} as **URL**.
2. Paste {{secret}} as **Secret** and press **Save and Test**.
3. Open **Notifications → Add**, choose what you want posted, and choose the webhook under **Webhooks**.`,
});

/** An alert, and the end of it, are sent as the same type. */
function typeOf({ payload }: Parsed): string | undefined {
  const find = finder(payload);
  const type = find('alert_type');
  if (!type) return /^hello world!/i.test(find('text') ?? '') ? 'test' : find('text') && 'notification';
  return stateOf(payload) === 'resolved' ? `${type}.resolved` : type;
}

function stateOf(payload: unknown): string | undefined {
  const find = finder(payload);
  // What happens to a certificate, and to what is built, starts and ends nothing.
  const happened = certificateOf(find) ?? find('data.event');
  if (happened) return happened.toLowerCase().replace(/^(?:event_deployment|ssl_certificate)_/, '');
  const said = find('data.new_health_status', 'data.new_status', 'data.incident_status', 'data.status') ?? '';
  if (/(?:^|_)(?:healthy|resolved)$/i.test(said)) return 'resolved';
  if (/(?:unhealthy|degraded|down)$/i.test(said)) return 'firing';
  const event = textAt(payload, 'alert_event');
  return event === 'ALERT_STATE_EVENT_END' ? 'resolved' : event === 'ALERT_STATE_EVENT_START' ? 'firing' : undefined;
}

function severityFor(find: Find, type: string, state: string | undefined): Severity {
  if (state === 'resolved') return 'good';
  const certificate = certificateOf(find);
  if (certificate) return ofCertificate(certificate);
  if (/^(?:success|started)$/.test(state ?? '')) return state === 'success' ? 'good' : 'info';
  if (/_PREVIEW$/.test(find('data.environment') ?? '')) return 'warning';
  if (/IMPACT_(?:MAJOR|CRITICAL)$/.test(find('data.incident_impact') ?? '')) return 'critical';
  if (/_DEGRADED$/.test(find('data.new_status') ?? '')) return 'warning';
  return URGENT.test(type) ? 'critical' : SERIOUS.test(type) ? 'warning' : 'info';
}

/** Only certificates have packs. */
function certificateOf(find: Find): string | undefined {
  return find('data.certificate_pack_id', 'data.pack_id') && find('data.event_type', 'data.pack_status');
}

function ofCertificate(happened: string): Severity {
  if (/fail|timed_out|expired|error/i.test(happened)) return 'critical';
  if (/expir/i.test(happened)) return 'warning';
  return /renew|issued|active|deployed/i.test(happened) ? 'good' : 'info';
}

function urlOf(find: Find): string | undefined {
  const [own, account, zone] = [
    find('data.dashboard_link'),
    find('account_id', 'data.account_tag'),
    find('data.zone_name'),
  ];
  if (own || !account) return own;
  const page = find('data.tunnel_id') ? undefined : (zone ?? 'notifications');
  return page
    ? `https://dash.cloudflare.com/${encodeURIComponent(account)}/${encodeURIComponent(page)}`
    : `https://one.dash.cloudflare.com/${encodeURIComponent(account)}/networks/tunnels`;
}
