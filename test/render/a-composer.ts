import { join } from 'node:path';
import { discover } from '../../src/app/discover.ts';
import type { Incoming } from '../../src/core/provider/provider.ts';
import type { TemplateOverride } from '../../src/core/settings/template-override.ts';
import { type Composed, type ComposeInput, type Composer, createComposer } from '../../src/render/compose.ts';
import type { Helper } from '../../src/render/template/helper.ts';

export const helpers = await discover<Helper>(join(import.meta.dirname, '../../src/render/helpers'));

export interface Setting {
  /** Templates that came with it, by event type. */
  readonly builtIn?: Readonly<Record<string, string>>;
}

export function aComposer({ builtIn = {} }: Setting = {}): Composer {
  const find = (provider: string, name: string) => {
    const source = builtIn[name];
    return source === undefined
      ? []
      : [{ name: `templates/${provider}/${name}.hbs`, source, kind: 'shipped' as const }];
  };
  const templates = {
    find: (provider: string, type: string) => [...find(provider, type), ...find(provider, 'default')],
    partial: () => undefined,
    partials: () => [],
    types: () => [],
    samples: { of: () => new Map() },
    generation: 0,
    refresh: async () => [],
  };
  return createComposer({ templates, helpers });
}

/** What there is to say of an order that failed. */
export function anInput(input: Partial<ComposeInput> = {}): ComposeInput {
  return {
    event: anEvent({}),
    about: {
      title: 'Order 12 failed',
      url: 'https://shop.example/12',
      severity: 'critical',
      occurredAt: '2026-01-02T03:04:05Z',
    },
    providerName: 'shop',
    providerTitle: 'Shop',
    endpointName: 'orders',
    endpointId: 'e1',
    verified: true,
    overrides: [],
    people: [],
    ...input,
  };
}

export function compose(input: Partial<ComposeInput>, setting: Setting = {}): Composed {
  return aComposer(setting).compose(anInput(input));
}

export function render(source: string, payload: unknown) {
  return compose({ event: anEvent({ payload }), overrides: [anOverride(source)] });
}

export function anOverride(source: string, endpointId?: string): TemplateOverride {
  return { provider: 'shop', type: 'push', source, ...(endpointId && { endpointId }) };
}

export function anEvent(parts: Partial<Incoming>): Incoming {
  return {
    type: 'push',
    method: 'POST',
    url: '/',
    headers: {},
    query: {},
    body: Buffer.alloc(0),
    receivedAt: new Date('2026-01-02T03:04:05Z'),
    remoteAddress: '127.0.0.1',
    format: 'json',
    payload: {},
    problem: undefined,
    ...parts,
  };
}
