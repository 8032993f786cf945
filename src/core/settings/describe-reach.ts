import type { Markdown } from '../message/message.ts';
import { type Address, OPEN_PATHS, type OpenTunnel } from './address.ts';

export interface Reach {
  readonly text: Markdown;
  /** The tunnel that runs, whose address only has to be set. */
  readonly tunnel?: OpenTunnel;
}

/** Why providers cannot reach Bellhop, with what to do; nothing where somebody set an address that is not known to lead elsewhere. */
export async function describeReach(address: Address): Promise<Reach | undefined> {
  if (address.setBy !== 'nobody') return describeLost(address);
  const here = `Providers elsewhere cannot reach \`${address.localUrl}\``;
  const tunnel = await address.findTunnel();
  if (tunnel)
    return {
      text: `${here}, but ${tunnel.title} runs and leads here: set its address with \`/webhook address ${tunnel.url}\`.`,
      tunnel,
    };
  return {
    text: `${here}: set \`PUBLIC_URL\` or \`/webhook address\` to an address they can reach, or start a tunnel with ${toChoice(address.tunnelCommands)}. In a private network, let them reach only ${toChoice(OPEN_PATHS, 'and')}.`,
  };
}

function describeLost({ url, setBy, arrival }: Address): Reach | undefined {
  if (arrival?.ok !== false) return undefined;
  const other = setBy === 'environment' ? '`PUBLIC_URL`' : '`/webhook address`';
  return {
    text: `\`${url}\` ${arrival.reason}: what providers send there does not arrive. Look at DNS, the certificate, the tunnel and the proxy, or set another address with ${other}.`,
  };
}

function toChoice(words: readonly string[], last = 'or'): string {
  const codes = words.map((word) => `\`${word}\``);
  return codes.length > 1 ? `${codes.slice(0, -1).join(', ')} ${last} ${codes.at(-1)}` : codes.join('');
}
