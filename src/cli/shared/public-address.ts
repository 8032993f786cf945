import type { Offline, Place } from './verb.ts';

/** The address at which others reach Bellhop, and who set it. */
export interface PublicAddress {
  readonly url: string;
  readonly setBy: 'environment' | 'admin';
}

/** What the environment says, else what an admin set; nothing where neither does. Throws `AppError` where the settings cannot be used. */
export async function publicAddress(
  { publicUrl }: Pick<Place, 'publicUrl'>,
  open: () => Promise<Pick<Offline, 'settings'>>,
): Promise<PublicAddress | undefined> {
  if (publicUrl !== undefined) return { url: publicUrl, setBy: 'environment' };
  const saved = await (await open()).settings();
  return saved.publicUrl === undefined ? undefined : { url: saved.publicUrl, setBy: 'admin' };
}
