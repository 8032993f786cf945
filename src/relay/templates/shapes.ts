import type { TemplateGround } from '../../core/command/desks/template-desk.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SampleStore } from '../../core/provider/sample.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import { ANY_TYPE, templateName } from '../../core/settings/template-override.ts';
import { maskPayload } from '../../reading/payload/mask-payload.ts';
import { readEvent } from '../../reading/read-event.ts';
import { learnShape, type PayloadShape } from '../../render/template/lint/payload-shape.ts';

export interface ShapeParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly samples: SampleStore;
  readonly mask: SecretMask;
}

/** Shapes that are remembered: somebody who types asks for the same one again and again. */
const REMEMBERED = 5;
const SAMPLES = 30;

/** What payloads of a type look like, from events that came and from the sample, with secrets masked; nothing where there is neither. */
export function createShapes({
  providers,
  samples,
  mask,
}: ShapeParts): (ground: TemplateGround) => PayloadShape | undefined {
  const known = new Map<string, PayloadShape>();

  function samplesOf(provider: string, type: string): readonly unknown[] {
    const all = samples.of(provider);
    const sample = all.get(templateName(type));
    const chosen = type === ANY_TYPE ? [...all.values()].slice(0, SAMPLES) : sample ? [sample] : [];
    return chosen.map(
      (each) => parseDelivery({ ...each, url: '', query: {}, receivedAt: new Date(0), remoteAddress: '' }).payload,
    );
  }

  return ({ provider, type, events }) => {
    const key = [provider, type, ...events.map(({ id }) => id)].join('\n');
    const before = known.get(key);
    if (before) return before;
    const payloads = [
      ...events.map((event: StoredEvent) =>
        maskPayload(readEvent(event, providers.get(event.provider), mask).incoming.payload),
      ),
      ...samplesOf(provider, type),
    ];
    if (payloads.length === 0) return undefined;
    if (known.size >= REMEMBERED) known.clear();
    const shape = learnShape(payloads);
    known.set(key, shape);
    return shape;
  };
}
