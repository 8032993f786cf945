import { createHash } from 'node:crypto';
import { at } from '../core/delivery/readers.ts';
import { toJson } from '../core/delivery/to-json.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import { plural, sentence } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder } from './finder.ts';

/** A group of alerts as Prometheus’ Alertmanager tells it, and Grafana after it; `state` is `firing`, `resolved` or another word. */
export interface AlertGroup {
  readonly payload: unknown;
  readonly state: string | undefined;
}

/** `HighLatency firing on api (3 alerts) — The slowest 1 % …`; nothing for what is no group of alerts. */
export function alertTitle({ payload, state }: AlertGroup): string | undefined {
  const find = finder(payload);
  const alerts = at(payload, 'alerts');
  const count = Array.isArray(alerts) ? alerts.length : 0;
  const named =
    find('commonLabels.alertname', 'groupLabels.alertname') ??
    (count > 1 ? undefined : find('alerts.0.labels.alertname'));
  const name = named ?? (count > 1 ? plural(count, 'alert') : undefined);
  const where = find('commonLabels.instance', 'commonLabels.service', 'commonLabels.job');
  const summary =
    find('commonAnnotations.summary', 'commonAnnotations.message') ??
    (count === 1 ? find('alerts.0.annotations.summary', 'commonAnnotations.description') : undefined);
  return sentence(
    name ?? find('title'),
    name && state,
    where && `on ${where}`,
    named && count > 1 && `(${plural(count, 'alert')})`,
    summary && '—',
    summary,
  );
}

/** When the first alert began; or ended, where the group is over. */
export function alertMoment({ payload, state }: AlertGroup): string | undefined {
  return toMoment(at(payload, state === 'resolved' ? 'alerts.0.endsAt' : 'alerts.0.startsAt'));
}

/** As grave as its label says, and critical when it says nothing. */
export function alertSeverity({ payload, state }: AlertGroup): Severity {
  if (state === 'resolved') return 'good';
  const severity = severityOf(finder(payload)('commonLabels.severity', 'alerts.0.labels.severity')) ?? 'critical';
  return severity === 'good' ? 'info' : severity;
}

/** One name for one change of one group, whichever replica tells it. */
export function alertChange(payload: unknown): string | undefined {
  const [key, alerts] = [at(payload, 'groupKey'), at(payload, 'alerts')];
  if (typeof key !== 'string' || !Array.isArray(alerts)) return undefined;
  const states = alerts.map((alert) => ['fingerprint', 'status', 'startsAt'].map((name) => at(alert, name)));
  const group = ['orgId', 'receiver', 'status'].map((name) => at(payload, name));
  return createHash('sha256')
    .update(toJson([key, ...group, states]))
    .digest('hex');
}
