import { generateKeyPairSync } from 'node:crypto';
import type { Endpoint, World } from '../../world.ts';

/** An endpoint of SendGrid's, and the key that SendGrid would sign with. */
export async function aSendgridEndpoint(world: World): Promise<Endpoint> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const given = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const endpoint = await world.endpoint('sendgrid', `in #ops as mail secret=${given}`);
  return { ...endpoint, secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** What became of a mail, as SendGrid reports it. */
export function aMail(event: string, id: string, email = `${id}@mail.example`) {
  return { event, email, sg_event_id: id, sg_message_id: `message-${id}`, timestamp: 1_790_000_000 };
}
