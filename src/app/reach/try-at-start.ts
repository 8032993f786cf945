import type { Address } from '../../core/settings/address.ts';
import { describeReach } from '../../core/settings/describe-reach.ts';

/** Tries the address that was set, and prints what to do where it leads elsewhere: endpoints are about to be made with it. */
export async function tryAtStart(address: Address, print: (text: string) => void): Promise<void> {
  if (address.setBy === 'nobody') return;
  await address.tryOut(address.url);
  const reach = await describeReach(address);
  if (reach) print(`  ${reach.text.replaceAll('`', '')}`);
}
