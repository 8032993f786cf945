import type { Severity } from '../core/message/severity.ts';
import { severityOf } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

// https://betterstack.com/docs/uptime/webhooks/
export default defineProvider({
  title: 'Better Stack',
  aliases: ['betterstack', 'better-uptime', 'betteruptime'],
  docs: 'https://betterstack.com/docs/uptime/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'incident.started',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: ({ payload }) => {
    const find = finder(payload);
    // The log of everything that happens names its events itself.
    const named = find('event');
    if (named) return named;
    const kind = find('data.type');
    if (kind === 'incident') return `incident.${incidentState(payload)}`;
    const status = find('data.attributes.status');
    if (kind) return status ? `${kind}.${status.toLowerCase()}` : kind;
    return find('data.calendar_id', 'data.calendar_name') ? 'on_call_change' : undefined;
  },
  about: {
    title: ({ payload, type }) =>
      finder(payload)('data.attributes.name', 'data.attributes.pronounceable_name', 'data.message', 'message') ??
      guessAbout(payload, type).title,
    url: ({ payload }) => {
      const find = finder(payload);
      const [incident, monitor] = [idOf(payload, 'incident'), idOf(payload, 'monitor')];
      // Team 0 is whichever team the reader is in.
      if (incident) return `https://uptime.betterstack.com/team/0/incidents/${encodeURIComponent(incident)}`;
      if (monitor) return `https://uptime.betterstack.com/team/0/monitors/${encodeURIComponent(monitor)}`;
      return find('data.attributes.url');
    },
    source: ({ payload }) =>
      finder(payload)(
        'data.attributes.name',
        'data.attributes.pronounceable_name',
        'data.calendar_name',
        'data.attributes.team_name',
        'monitor_name',
      ),
    actor: ({ payload, type }) =>
      type === 'incident.acknowledged' || type === 'incident.resolved'
        ? named(finder(payload)(`data.attributes.${type.slice('incident.'.length)}_by`))
        : undefined,
    subject: ({ payload }) =>
      keyed('incident', idOf(payload, 'incident')) ?? keyed('monitor', idOf(payload, 'monitor')),
    state: ({ payload, type }) =>
      finder(payload)('data.type') === 'incident' ? incidentState(payload) : type.split('.')[1],
    severity: severityFor,
    occurredAt: ({ payload, type }) => {
      const find = finder(payload);
      const at = type.startsWith('incident.') ? `data.attributes.${type.slice('incident.'.length)}_at` : 'dt';
      return toMoment(find(at, 'dt', 'data.attributes.started_at', 'data.attributes.last_checked_at'));
    },
    labels: ({ payload }) =>
      labelled({
        team: finder(payload)('data.attributes.team_name'),
        environment: finder(payload)('data.attributes.metadata.environment', 'data.attributes.metadata.env'),
      }),
  },
  setup: `
1. Open **Integrations → Exporting data → Webhook → Add**, name it and paste {{url}} as **URL**.
2. Choose when it is sent: incidents that start, are acknowledged and are resolved.
3. Under **Advanced settings → Headers**, add \`Authorization\` with \`Bearer {{secret}}\`. With \`header=…\` the secret stands alone in a header of that name.`,
});

function idOf(payload: unknown, kind: 'incident' | 'monitor'): string | undefined {
  const find = finder(payload);
  return find(`${kind}_id`) ?? (find('data.type') === kind ? find('data.id') : undefined);
}

/** It writes `Automatically` where nobody did it. */
function named(person: string | undefined): string | undefined {
  return person === 'Automatically' ? undefined : person;
}

function incidentState(payload: unknown): string {
  const find = finder(payload);
  if (find('data.attributes.resolved_at')) return 'resolved';
  if (find('data.attributes.acknowledged_at')) return 'acknowledged';
  return find('data.attributes.status')?.toLowerCase() ?? 'started';
}

function severityFor({ type }: Incoming): Severity {
  if (/^incident\.(?:started|unconfirmed)$/.test(type)) return 'critical';
  if (/^incident\.(?:resolved|validating)$/.test(type)) return type.endsWith('resolved') ? 'good' : 'warning';
  if (type === 'incident.acknowledged') return 'warning';
  return severityOf(type.split('.')[1]) ?? 'info';
}
