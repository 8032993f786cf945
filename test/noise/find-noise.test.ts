import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KnownSubject } from '../../src/core/event/subject.ts';
import { findNoise, type NoiseFacts } from '../../src/relay/noise/find-noise.ts';
import type { Sent } from '../../src/relay/noise/read-posts.ts';

const NOW = Date.parse('2026-01-12T12:00:00Z');
const since = new Date(NOW - 7 * 86_400_000);

describe('what is loud in a channel', () => {
  it('is what is said again and again, counted on its message or posted anew', () => {
    const sent = [
      ...Array.from({ length: 4 }, (_, index) => aSent(index, { title: 'Disk is full' })),
      ...Array.from({ length: 4 }, (_, index) => aSent(10 + index, { title: 'Disk is full' }, 'count')),
    ];
    const repeated = find({ sent }).filter(({ kind }) => kind === 'repeated');
    assert.deepEqual(
      repeated.map(({ what, count, eventId }) => [what, count, eventId]),
      [['Disk is full', 7, '0']],
    );
  });

  it('is a subject that went back and forth lately', () => {
    const turns = (count: number, at = NOW) => Array.from({ length: count }, () => new Date(at).toISOString());
    const subjects = [
      aSubject('CPU', turns(6)),
      aSubject('Memory', turns(3)),
      aSubject('Old', turns(9, NOW - 30 * 86_400_000)),
    ];
    const flapping = find({ subjects }).filter(({ kind }) => kind === 'flapping');
    assert.deepEqual(
      flapping.map(({ what, count }) => [what, count]),
      [['CPU', 6]],
    );
  });

  it('is no actor who says little of it all, and no type that somebody cares for', () => {
    const sent = Array.from({ length: 30 }, (_, index) =>
      aSent(index, { title: `${index}`, actor: `person ${index % 6}`, source: 'acme/api' }),
    );
    const noticed = new Set(['3']);
    const found = find({ sent, isNoticed: ({ event }) => noticed.has(event.id) });
    assert.deepEqual(
      found.map(({ kind, what, count, ignored }) => [kind, what, count, ignored]),
      [['source', 'acme/api', 30, 29]],
    );
    assert.deepEqual(
      find({ sent }).map(({ kind }) => kind),
      ['source', 'type'],
    );
  });

  it('keeps endpoints apart, for a rule is that of one', () => {
    const sent = [0, 1].flatMap((endpoint) =>
      Array.from({ length: 6 }, (_, index) =>
        aSent(endpoint * 10 + index, { title: `${index}`, source: 'acme/api' }, 'message', `e${endpoint}`),
      ),
    );
    const sources = find({ sent }).filter(({ kind }) => kind === 'source');
    assert.deepEqual(
      sources.map(({ endpointId, count }) => [endpointId, count]),
      [
        ['e0', 6],
        ['e1', 6],
      ],
    );
  });
});

function find(facts: Partial<NoiseFacts>) {
  return findNoise({ sent: [], subjects: [], since, isNoticed: () => false, ...facts });
}

function aSent(
  id: number,
  about: { readonly title: string; readonly actor?: string; readonly source?: string },
  as: Sent['as'] = 'message',
  endpointId = 'e1',
): Sent {
  const event = {
    id: String(id),
    endpointId,
    provider: 'github',
    type: 'push',
    deliveryId: `d${id}`,
    receivedAt: new Date(NOW),
    state: 'posted' as const,
    about,
  };
  const post = {
    id: String(id),
    platform: 'local',
    channel: 'ops',
    channelName: 'ops',
    state: 'posted' as const,
    attempts: 1,
    createdAt: new Date(NOW),
  };
  return { event, post, as, responses: undefined };
}

function aSubject(title: string, turns: readonly string[]): KnownSubject {
  const at = new Date(NOW).toISOString();
  return {
    key: { platform: 'local', channel: 'ops', endpointId: 'e1', subject: title },
    record: {
      firstEventId: '1',
      eventId: '1',
      title,
      beganAt: at,
      lastAt: at,
      gist: '',
      times: 1,
      countedFrom: at,
      turns,
      message: { ref: { channel: 'ops', id: '1' }, postedAt: at },
    },
  };
}
