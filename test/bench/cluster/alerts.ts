import { anAlertGroup } from '../../relay/alert-group.ts';
import { signed } from '../../world.ts';

export interface Door {
  readonly url: string;
  readonly secret: string;
}

/** Delivers one alert that is like no other. Gives back when it was sent, and when it was answered, which is when it is committed. */
export async function deliverAlert({ url, secret }: Door, index: number) {
  const name = alertName(index);
  const { payload } = anAlertGroup({ name, service: name, summary: `${name} is slow`, fingerprint: String(index) });
  const body = JSON.stringify(payload);
  const headers = signed({ provider: 'alertmanager', url }, { headers: {}, body: Buffer.from(body), secret });
  const sent = performance.now();
  const { status } = await fetch(url, { method: 'POST', headers, body });
  if (status !== 202) throw new Error(`An alert was answered ${status}.`);
  return { name, sent, answered: performance.now() };
}

/** Stands in the message of this alert, and in no other. */
export function alertName(index: number): string {
  return `Alert-${index}-`;
}

/** Which alert a message is about. */
export function alertIn(message: unknown): string | undefined {
  return /Alert-\d+-/.exec(JSON.stringify(message))?.[0];
}
