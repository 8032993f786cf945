import { signed } from '../world.ts';

/** An event that is delivered, and found again by its word. */
export interface ChaosEvent {
  readonly number: number;
  /** Stands in its message, and in no other. */
  readonly word: string;
  readonly channel: string;
  readonly provider: 'alertmanager' | 'github';
  readonly kind: 'edit' | 'thread' | 'new';
  /** What must keep its order. */
  readonly subject: string;
}

const KINDS = ['edit', 'thread', 'new'] as const;
/** Subjects of each kind in a channel, so that each has several events. */
const SUBJECTS = 4;

/** A third of them on subjects that are followed by edits, a third in threads. */
export function toEvents(count: number, channels: readonly string[]): readonly ChaosEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const channel = channels[index % channels.length] ?? '';
    const turn = Math.floor(index / channels.length);
    const kind = KINDS[turn % KINDS.length] ?? 'new';
    const number = index + 1;
    const subject =
      kind === 'new' ? `${channel} ${number}` : `${channel} ${kind} ${Math.floor(turn / KINDS.length) % SUBJECTS}`;
    return {
      number,
      word: `word${number}x`,
      channel,
      kind,
      subject,
      provider: kind === 'edit' ? 'alertmanager' : 'github',
    };
  });
}

export function toDelivery(event: ChaosEvent, { url, secret }: { readonly url: string; readonly secret: string }) {
  const { headers, payload } =
    event.kind === 'edit' ? anAlert(event) : event.kind === 'thread' ? aComment(event) : aPush(event);
  const body = JSON.stringify(payload);
  return { body, headers: signed({ provider: event.provider, url }, { headers, body: Buffer.from(body), secret }) };
}

function momentOf({ number }: ChaosEvent): string {
  return new Date(Date.UTC(2026, 2, 2) + number * 1_000).toISOString();
}

function anAlert(event: ChaosEvent) {
  const labels = { alertname: event.subject, service: `service of ${event.subject}`, severity: 'warning' };
  const annotations = { summary: `Slower than ${event.word}` };
  const alert = {
    status: 'firing',
    labels,
    annotations,
    startsAt: momentOf(event),
    endsAt: '0001-01-01T00:00:00Z',
    fingerprint: event.word,
  };
  return {
    headers: {},
    payload: {
      version: '4',
      groupKey: event.subject,
      status: 'firing',
      receiver: 'chat',
      groupLabels: { alertname: event.subject },
      commonLabels: labels,
      commonAnnotations: annotations,
      externalURL: 'https://alertmanager.acme.example',
      alerts: [alert],
    },
  };
}

function aComment(event: ChaosEvent) {
  const number = 1 + Number(event.subject.split(' ').at(-1));
  const url = `https://github.com/acme/${event.channel}/pull/${number}`;
  const at = momentOf(event);
  return {
    headers: { 'x-github-event': 'issue_comment', 'x-github-delivery': `chaos-${event.number}` },
    payload: {
      action: 'created',
      issue: {
        number,
        title: 'Raise left-pad',
        state: 'open',
        html_url: url,
        pull_request: { html_url: url },
        user: { login: 'octocat' },
      },
      comment: {
        body: `It says ${event.word}`,
        user: { login: 'mona' },
        html_url: `${url}#c${event.number}`,
        created_at: at,
        updated_at: at,
      },
      repository: {
        full_name: `acme/${event.channel}-${number}`,
        html_url: `https://github.com/acme/${event.channel}`,
      },
      sender: { login: 'mona' },
    },
  };
}

function aPush(event: ChaosEvent) {
  const repository = `acme/push-${event.number % 50}`;
  const url = `https://github.com/${repository}`;
  return {
    headers: { 'x-github-event': 'push', 'x-github-delivery': `chaos-${event.number}` },
    payload: {
      ref: 'refs/heads/main',
      after: event.word.padEnd(40, '0'),
      compare: `${url}/compare/a...b`,
      repository: { full_name: repository, html_url: url },
      sender: { login: 'octocat' },
      pusher: { name: 'octocat' },
      commits: [
        {
          id: event.word.padEnd(40, '0'),
          message: `Change ${event.word}`,
          url: `${url}/commit/b`,
          author: { name: 'octocat', username: 'octocat' },
        },
      ],
    },
  };
}
