import type { KnownRollUp, RollUp, RollUpStore } from '../../../core/event/roll-up.ts';
import type { Database } from '../database.ts';
import { parseJson } from '../event-rows.ts';
import { prepare } from '../prepare.ts';
import type { Statement } from '../statement.ts';

export interface RollUpStoreParts {
  readonly database: Database;
  readonly now: () => Date;
}

export function createRollUpStore({ database: { queries, write }, now }: RollUpStoreParts): RollUpStore {
  const note = prepareRollUpNote(queries);
  return {
    async get({ platform, channel, endpointId, source }) {
      const row = await queries
        .selectFrom('roll_ups')
        .select('record_json')
        .where('platform', '=', platform)
        .where('channel', '=', channel)
        .where('endpoint_id', '=', endpointId)
        .where('source', '=', source)
        .executeTakeFirst();
      return row && parseJson<RollUp>(row.record_json);
    },
    async active() {
      const rows = await queries
        .selectFrom('roll_ups')
        .select(['platform', 'channel', 'endpoint_id', 'source', 'record_json'])
        .where('calm', '=', 0)
        .execute();
      return rows.map(({ platform, channel, endpoint_id: endpointId, source, record_json: json }) => ({
        key: { platform, channel, endpointId, source },
        rollUp: parseJson<RollUp>(json),
      }));
    },
    async set(known) {
      await write([note(known, now().getTime())]);
    },
  };
}

interface NoteValues {
  readonly platform: string;
  readonly channel: string;
  readonly endpointId: string;
  readonly source: string;
  readonly record: string;
  readonly calm: number;
  readonly at: number;
}

/** The statement that remembers a roll-up as it is now. */
export function prepareRollUpNote(queries: Database['queries']): (known: KnownRollUp, at: number) => Statement {
  const note = prepare<NoteValues>(
    (slots) =>
      queries
        .insertInto('roll_ups')
        .values({
          platform: slots.platform,
          channel: slots.channel,
          endpoint_id: slots.endpointId,
          source: slots.source,
          record_json: slots.record,
          calm: slots.calm,
          noted_at: slots.at,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['platform', 'channel', 'endpoint_id', 'source'])
            .doUpdateSet({ record_json: slots.record, calm: slots.calm, noted_at: slots.at }),
        ),
    'nothing',
  );
  return ({ key, rollUp }, at) => note({ ...key, record: JSON.stringify(rollUp), calm: rollUp.calm ? 1 : 0, at });
}
