import { createHash } from 'node:crypto';
import { at } from '../core/delivery/readers.ts';
import { toJson } from '../core/delivery/to-json.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder } from './finder.ts';

/** A group of alerts as Prometheus’ Alertmanager sends it, and Grafana in the same form; `state` is `firing`, `resolved` or another word. */
export interface AlertGroup {
  readonly payload: unknown;
  readonly state: string | undefined;
}

/** When the group came to stand as it does: the last of its alerts to begin or to end. */
export function alertMoment({ payload, state }: AlertGroup): string | undefined {
  const alerts = at(payload, 'alerts');
  const moments = (Array.isArray(alerts) ? alerts : []).flatMap((alert) => {
    const isOver = (at(alert, 'status') ?? state) === 'resolved';
    return toMoment(at(alert, isOver ? 'endsAt' : 'startsAt')) ?? [];
  });
  return moments.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1);
}

/** The severity of the most severe alert that is not over; an alert that names none is critical. */
export function alertSeverity({ payload, state }: AlertGroup): Severity {
  if (state === 'resolved') return 'good';
  const alerts = at(payload, 'alerts');
  const open = Array.isArray(alerts) ? alerts.filter((alert) => at(alert, 'status') !== 'resolved') : [];
  const common = finder(payload)('commonLabels.severity');
  const found = (open.length > 0 ? open : [payload]).map((alert) =>
    asAlarm(severityOf(finder(alert)('labels.severity') ?? common)),
  );
  return GRAVEST_FIRST.find((severity) => found.includes(severity)) ?? 'info';
}

const GRAVEST_FIRST: readonly Severity[] = ['critical', 'warning', 'info'];

/** What fires is never good. */
function asAlarm(severity: Severity | undefined): Severity {
  return severity === 'good' ? 'info' : (severity ?? 'critical');
}

/** One name for one change of one group, whichever replica sends it. */
export function alertChange(payload: unknown): string | undefined {
  const [key, alerts] = [at(payload, 'groupKey'), at(payload, 'alerts')];
  if (typeof key !== 'string' || !Array.isArray(alerts)) return undefined;
  const states = alerts.map((alert) => ['fingerprint', 'status', 'startsAt'].map((name) => at(alert, name)));
  const group = ['orgId', 'receiver', 'status'].map((name) => at(payload, name));
  return createHash('sha256')
    .update(toJson([key, ...group, states]))
    .digest('hex');
}
