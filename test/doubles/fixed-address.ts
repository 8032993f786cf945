import type { Address } from '../../src/core/settings/address.ts';

/** An address that the environment set, and at which every request arrives. */
export const fixedAddress: Address = {
  url: 'https://hooks.example',
  setBy: 'environment',
  arrival: { ok: true },
  localUrl: 'http://127.0.0.1:3000',
  tryOut: async () => ({ ok: true }),
  findTunnel: async () => undefined,
  tunnelCommands: [],
};
