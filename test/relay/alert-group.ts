/** What Alertmanager sends of one group, as it goes on. */
export function anAlertGroup({
  name = 'HighLatency',
  service = 'api',
  status = 'firing',
  summary = 'The slowest 1 % of requests take more than 2 s',
  severity = 'critical',
  startsAt = '2026-03-02T14:02:00Z',
  endsAt = '0001-01-01T00:00:00Z',
  instance = 'api-1:9100',
  fingerprint = '6f1c2a9be07d4d31',
}: {
  readonly name?: string;
  readonly service?: string;
  readonly status?: 'firing' | 'resolved';
  readonly summary?: string;
  readonly severity?: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly instance?: string;
  readonly fingerprint?: string;
} = {}) {
  const labels = { alertname: name, service, severity };
  return {
    payload: {
      version: '4',
      groupKey: `{}:{alertname="${name}", service="${service}"}`,
      truncatedAlerts: 0,
      status,
      receiver: 'chat',
      groupLabels: { alertname: name, service },
      commonLabels: labels,
      commonAnnotations: { summary },
      externalURL: 'https://alertmanager.acme.example',
      alerts: [
        {
          status,
          labels: { ...labels, instance },
          annotations: { summary },
          startsAt,
          endsAt,
          generatorURL: 'https://prometheus.acme.example/graph',
          fingerprint,
        },
      ],
    },
  };
}
