import { AppError } from '../../core/errors.ts';
import { emptySettings } from '../../core/settings/settings.ts';
import type { Queries } from '../shared/postgres/connect.ts';
import { freeze } from './freeze.ts';
import type { Sealer } from './seal.ts';
import type { SettingsDocument } from './settings-document.ts';
import { parseText, toText } from './settings-text.ts';

/** Said in the database after every change. */
export const CHANGED = 'bellhop_settings';

/** What is sealed to find out whether all nodes have the same key, and for which place. */
const PROOF = 'Bellhop';
const PLACE = ['proof'];
const NAME = 'the settings in the database';

interface Row extends Record<string, unknown> {
  readonly revision: string;
  readonly document: string;
}

/** The settings as one row of a database, which several nodes read and write. A write counts only where nobody was quicker. */
export function createSettingsRow({
  database,
  sealer,
}: {
  readonly database: Queries;
  readonly sealer: Sealer;
}): SettingsDocument {
  /** The revision that was read or written last. */
  let known = '0';
  /** One that somebody else wrote, and that was read but not taken in yet. */
  let foreign: Row | undefined;

  const parse = (text: string) =>
    freeze(parseText(text, { file: NAME, sealer, elsewhere: 'DATABASE_URL to another database' }));

  async function foreignText(): Promise<string | undefined> {
    const { rows } = await database.query<Row>(
      'select revision::text, document from bellhop_cluster.settings where revision <> $1::bigint',
      [known],
    );
    foreign = rows[0];
    return foreign?.document;
  }

  return {
    name: NAME,
    foreignText,

    async adopt(text) {
      const settings = parse(text);
      if (foreign?.document === text) known = foreign.revision;
      return settings;
    },

    async replace(settings) {
      const { rows } = await database.query<{ revision: string; notified: unknown }>(
        `update bellhop_cluster.settings set revision = revision + 1, document = $2, changed_at = now()
         where revision = $1::bigint returning revision::text, pg_notify('${CHANGED}', '') as notified`,
        [known, toText(settings, sealer)],
      );
      if (!rows[0]) return false;
      known = rows[0].revision;
      return true;
    },

    async write(settings) {
      await this.replace(settings);
    },

    async read() {
      await database.query(
        `insert into bellhop_cluster.settings (revision, document, proof) values (1, $1, $2)
         on conflict (only_one) do nothing`,
        [toText(emptySettings, sealer), sealer.seal(PROOF, PLACE)],
      );
      const { rows } = await database.query<{ proof: string }>('select proof from bellhop_cluster.settings', []);
      checkKey(rows[0]?.proof ?? '', sealer);
      const text = await foreignText();
      return text === undefined ? null : this.adopt(text);
    },
  };
}

function checkKey(proof: string, sealer: Sealer): void {
  const opened = sealer.unseal(proof, PLACE);
  if (opened.outcome === 'opened' && opened.text === PROOF) return;
  const other = opened.outcome === 'other-key' ? `key \`${opened.keyId}\`` : 'another key';
  throw new AppError(
    409,
    'settings_sealed',
    `The settings in the database were sealed with ${other}, but \`BELLHOP_KEY\` here is key \`${sealer.keyId}\`. Give every node the same \`BELLHOP_KEY\`.`,
  );
}
