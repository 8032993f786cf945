import type { NewPost } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import { inlineCode } from '../../core/message/markdown/inline-code.ts';
import type { Address } from '../../core/settings/address.ts';
import type { Settings, SettingsStore } from '../../core/settings/settings.ts';
import { type NoticePlace, toNotices } from '../../relay/notices/to-notices.ts';

export interface AddressWatchParts {
  readonly address: Address;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly notify: (posts: readonly NewPost[]) => Promise<unknown>;
  readonly log: Log;
}

/** Checks, each time it is called, whether the public address leads here, and posts when it stops and when it does again. */
export function createAddressWatch({ address, settings, notify, log }: AddressWatchParts): () => Promise<void> {
  let lost: string | undefined;

  return async () => {
    const { url, setBy } = address;
    if (setBy === 'nobody') return;
    const first = await address.tryOut(url);
    // One request may be lost on a network where nothing is wrong.
    const arrival = first.ok ? first : await address.tryOut(url);
    if (address.url !== url) return;
    if (arrival.ok) {
      if (lost !== url) {
        lost = undefined;
        return;
      }
      await notify(toNotices(placesIn(settings.current), undefined, toFound(url)));
      lost = undefined;
      return;
    }
    if (lost === url) return;
    log.warn({ reason: arrival.reason }, 'the public address does not lead here');
    await notify(toNotices(placesIn(settings.current), undefined, toLost(url, arrival.reason)));
    lost = url;
  };
}

function toLost(url: string, reason: string) {
  return {
    title: { text: 'Providers cannot reach Bellhop' },
    body: `${inlineCode(url)} ${reason}. What is sent there does not arrive until this is fixed: look at DNS, the certificate, the tunnel and the proxy, or set another address with ${inlineCode('/webhook address')}. It is tried every five minutes.`,
  };
}

function toFound(url: string) {
  return {
    severity: 'good',
    title: { text: 'Providers reach Bellhop again' },
    body: `${inlineCode(url)} leads here again. Most providers send again what did not arrive; look there for what they gave up.`,
  } as const;
}

/** One channel of each chat service, the one that most routes lead to, and the page. */
function placesIn({ endpoints }: Settings): readonly NoticePlace[] {
  const counts = new Map<string, { readonly place: NoticePlace; count: number }>();
  for (const place of endpoints.flatMap(({ routes }) => routes)) {
    const key = `${place.platform}\n${place.channel}`;
    const known = counts.get(key) ?? { place, count: 0 };
    known.count++;
    counts.set(key, known);
  }
  const best = new Map<string, NoticePlace>();
  for (const { place } of [...counts.values()].toSorted((a, b) => b.count - a.count))
    if (!best.has(place.platform)) best.set(place.platform, place);
  return [...best.values()];
}
