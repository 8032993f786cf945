import type { Delivery } from '../core/delivery/delivery.ts';
import { parseDelivery } from '../core/delivery/parse-delivery.ts';
import { unpacked } from '../core/delivery/unpacked.ts';
import type { About } from '../core/event/about.ts';
import type { HookEvent } from '../core/event/event.ts';
import type { Density, NotifyLevel } from '../core/message/density.ts';
import { type Provider, senderName } from '../core/provider/provider.ts';
import type { Settings } from '../core/settings/settings.ts';
import { readEvent } from '../reading/read-event.ts';
import type { Composed, Composer } from '../render/compose.ts';

export interface PreviewParts {
  /** The provider's name and description. */
  readonly name: string;
  readonly provider: Provider | undefined;
  readonly composer: Composer;
  readonly settings?: Pick<Settings, 'templates' | 'people'>;
  /** What the event type is, where the delivery does not say. */
  readonly type?: string;
  /** A template to try in place of the one that would be used. */
  readonly template?: string;
  /** How a route would want it. */
  readonly density?: Density | undefined;
  readonly notify?: NotifyLevel | undefined;
}

export interface Preview extends Composed {
  readonly type: string;
  readonly about: About;
}

/** The message a delivery would make if it were genuine, without keeping or posting it. */
export function previewDelivery(
  sent: Delivery,
  { name, provider, composer, settings, type, template, density, notify }: PreviewParts,
): Preview {
  const packed = provider?.signature.unpack?.(parseDelivery(sent));
  const delivery = packed ? unpacked(sent, packed) : sent;
  const event: HookEvent = {
    ...delivery,
    id: '0',
    endpointId: 'preview',
    provider: name,
    type: type ?? provider?.eventType(parseDelivery(delivery)) ?? 'unknown',
    deliveryId: 'preview',
    verification: { secretId: 'preview' },
  };
  const { incoming, about, parts } = readEvent(event, provider);
  const general = settings?.templates.filter(({ endpointId }) => !endpointId) ?? [];
  const said = {
    event: incoming,
    about,
    providerName: name,
    providerTitle: senderName(provider, { name, endpointName: 'preview' }),
    endpointName: 'preview',
  };
  const composed = composer.compose({
    ...said,
    endpointId: 'preview',
    verified: true,
    overrides: general,
    draft: template,
    people: settings?.people ?? [],
    pings: () => true,
    density,
    notify,
    minorUnits: provider?.minorUnits,
  });
  // What a file's template says names the event, whatever was changed for its message.
  const isChanged = composed.origin.kind === 'draft' || composed.origin.kind === 'changed';
  const title = isChanged ? composer.title(said) : composed.title;
  return { ...composed, type: event.type, about: { ...parts, title } };
}
