import { emptySettings, type Settings } from '../../core/settings/settings.ts';
import { createClient } from '../shared/postgres/connect.ts';
import { toDatabaseError, toPlace } from '../shared/postgres/failure.ts';
import { createSealer } from './seal.ts';
import { parseText } from './settings-text.ts';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: there is no such table yet. */
const NOTHING_YET = '42P01';

/** The settings in a database, without touching them: nodes may be using them. Throws `AppError` when they cannot be used. */
export async function readSharedSettings({
  url,
  key,
}: {
  readonly url: string;
  readonly key: Buffer;
}): Promise<Settings> {
  const text = await readDocument(url);
  return text === undefined
    ? emptySettings
    : parseText(text, { file: `the settings in ${toPlace(url)}`, sealer: createSealer(key) });
}

async function readDocument(url: string): Promise<string | undefined> {
  const client = createClient(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ document: string }>('select document from bellhop_cluster.settings');
    return rows[0]?.document;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NOTHING_YET) return undefined;
    throw toDatabaseError(error, toPlace(url));
  } finally {
    await client.end().catch(() => undefined);
  }
}
