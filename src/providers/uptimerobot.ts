import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

const TYPES = dictionary<string>({ '1': 'down', '2': 'up', '3': 'ssl_expiry', down: 'down', up: 'up' });
const SEVERITIES = dictionary<Severity>({ down: 'critical', up: 'good', ssl_expiry: 'warning' });

// https://help.uptimerobot.com/en/articles/11361209
export default defineProvider({
  title: 'UptimeRobot',
  aliases: ['uptime-robot'],
  docs: 'https://help.uptimerobot.com/en/articles/11361209',
  secret: 'none',
  evidence: 'community',
  methods: ['POST', 'GET'],
  sample: 'down',
  signature: unsigned(),
  eventType: ({ payload }) => {
    const find = given(payload);
    return (
      TYPES(find('alertType', 'alert_type')) ??
      find('alertTypeFriendlyName', 'alert_type_friendly_name')?.toLowerCase().replace(/\s+/g, '_')
    );
  },
  about: {
    title: ({ payload, type }) => monitorOf(given(payload)) ?? guessAbout(payload, type).title,
    url: ({ payload }) => {
      const find = given(payload);
      const [dashboard, id] = [find('dashboardUrl', 'dashboardURL'), find('monitorID', 'monitor_id')];
      const site = find('monitorURL', 'monitor_url');
      if (dashboard) return dashboard;
      if (id) return `https://dashboard.uptimerobot.com/monitors/${encodeURIComponent(id)}`;
      return site && /^https?:\/\//.test(site) ? site : undefined;
    },
    source: ({ payload }) => monitorOf(given(payload)),
    subject: ({ payload, type }) => {
      const find = given(payload);
      // A certificate runs out whether or not the site is up.
      const kind = type.endsWith('expiry') ? 'certificate' : 'monitor';
      return keyed(kind, find('monitorID', 'monitor_id', 'monitorURL', 'monitor_url'));
    },
    state: ({ type }) => type,
    severity: ({ type }) => SEVERITIES(type) ?? (type.endsWith('expiry') ? 'warning' : 'info'),
    occurredAt: ({ payload }) => toMoment(given(payload)('alertDateTime', 'alert_date_time')),
    labels: ({ payload }) => labelled({ monitor: monitorOf(given(payload)) }),
  },
  setup: `
1. Open **Integrations & API → Webhook → Add** and paste {{url}} followed by \`?\` as **URL to notify**.
2. Tick **Send as JSON** and **Send default variables as POST parameters**, and save.
3. Edit the monitors you want posted and tick the webhook.

UptimeRobot signs nothing: keep the URL secret.`,
});

/** Finds what was filled in: a variable that has no value now is sent by its name, `*alertDuration*`. */
function given(payload: unknown): Find {
  const find = finder(payload);
  return (...paths) => paths.map((path) => find(path)).find((value) => value && !/^\*\w+\*$/.test(value));
}

function monitorOf(find: Find): string | undefined {
  return find('monitorFriendlyName', 'monitor_friendly_name', 'monitorURL', 'monitor_url');
}
