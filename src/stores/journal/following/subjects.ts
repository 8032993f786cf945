import type { KnownSubject, SubjectRecord, SubjectStore } from '../../../core/event/subject.ts';
import type { Database } from '../database.ts';
import { parseJson } from '../event-rows.ts';
import { prepare } from '../prepare.ts';
import type { Statement } from '../statement.ts';
import type { SubjectTable } from '../tables.ts';

/** Subjects that are looked up at once. */
const CHUNK = 500;

export function createSubjectStore({ queries, read }: Pick<Database, 'queries' | 'read'>): SubjectStore {
  return {
    async get({ platform, channel, endpointId, subject }) {
      const row = await queries
        .selectFrom('subjects')
        .select('record_json')
        .where('platform', '=', platform)
        .where('channel', '=', channel)
        .where('endpoint_id', '=', endpointId)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row && parseJson<SubjectRecord>(row.record_json);
    },

    async list({ platform, channel, endpointId }, subjects) {
      const pages = Array.from({ length: Math.ceil(subjects.length / CHUNK) }, (_, index) =>
        queries
          .selectFrom('subjects')
          .select(['subject', 'record_json'])
          .where('platform', '=', platform)
          .where('channel', '=', channel)
          .where('endpoint_id', '=', endpointId)
          .where('subject', 'in', subjects.slice(index * CHUNK, (index + 1) * CHUNK)),
      );
      const rows = (await read(pages)).flat();
      return new Map(rows.map((row) => [row.subject, parseJson<SubjectRecord>(row.record_json)]));
    },

    async everywhere(endpointId, subject) {
      const rows = await queries
        .selectFrom('subjects')
        .select(COLUMNS)
        .where('endpoint_id', '=', endpointId)
        .where('subject', '=', subject)
        .execute();
      return rows.map(toKnown);
    },

    async recent(endpointId, { since, limit }) {
      const rows = await queries
        .selectFrom('subjects')
        .select(COLUMNS)
        .where('endpoint_id', '=', endpointId)
        .where('noted_at', '>=', since.getTime())
        .orderBy('noted_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toKnown);
    },
  };
}

const COLUMNS = ['platform', 'channel', 'endpoint_id', 'subject', 'record_json'] as const;

function toKnown(row: Pick<SubjectTable, (typeof COLUMNS)[number]>): KnownSubject {
  const { platform, channel, endpoint_id: endpointId, subject, record_json: json } = row;
  return { key: { platform, channel, endpointId, subject }, record: parseJson<SubjectRecord>(json) };
}

interface NoteValues {
  readonly platform: string;
  readonly channel: string;
  readonly endpointId: string;
  readonly subject: string;
  readonly record: string;
  readonly at: number;
}

/** The statement that remembers a subject as it is known now. */
export function prepareSubjectNote(queries: Database['queries']): (known: KnownSubject, at: number) => Statement {
  const note = prepare<NoteValues>(
    (slots) =>
      queries
        .insertInto('subjects')
        .values({
          platform: slots.platform,
          channel: slots.channel,
          endpoint_id: slots.endpointId,
          subject: slots.subject,
          record_json: slots.record,
          noted_at: slots.at,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['platform', 'channel', 'endpoint_id', 'subject'])
            .doUpdateSet({ record_json: slots.record, noted_at: slots.at }),
        ),
    'nothing',
  );
  return ({ key, record }, at) => note({ ...key, record: JSON.stringify(record), at });
}
