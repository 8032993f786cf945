import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseRoute, type Route, toHash } from '../../src/web/route.ts';

const name = fc.string({ minLength: 1, unit: fc.constantFrom(...'aé/?#%&=+ .🔔') });
const plain = { noNullPrototype: true } as const;
const filter = fc.record({ endpoint: name, state: name, severity: name, q: name }, { ...plain, requiredKeys: [] });
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ view: fc.constant('chat' as const), channel: fc.option(name, { nil: undefined }) }, plain),
  fc.record({ view: fc.constant('events' as const), filter }, plain),
  fc.record({ view: fc.constant('event' as const), id: name, filter }, plain),
  fc.record({ view: fc.constant('endpoints' as const) }, plain),
  fc.record({ view: fc.constant('endpoint' as const), name }, plain),
  fc.record({ view: fc.constantFrom('mutes' as const, 'audit'), endpoint: fc.option(name, { nil: undefined }) }, plain),
  fc.record({ view: fc.constant('refusals' as const), endpoint: fc.option(name, { nil: undefined }) }, plain),
  fc.record({ view: fc.constant('gallery' as const), provider: fc.option(name, { nil: undefined }) }, plain),
  fc.record({ view: fc.constant('templates' as const), endpoint: fc.option(name, { nil: undefined }) }, plain),
  fc.record(
    {
      view: fc.constant('template' as const),
      endpoint: name,
      type: name,
      scope: fc.option(name, { nil: undefined }),
      event: fc.option(name, { nil: undefined }),
    },
    plain,
  ),
);

describe('the page’s addresses', () => {
  it('lead back to the view they were made from', () => {
    fc.assert(fc.property(route, (given) => assert.deepEqual(parseRoute(toHash(given)), given)));
  });

  it('begin with the chat', () => {
    assert.deepEqual(parseRoute(''), { view: 'chat', channel: undefined });
  });

  it('that nobody knows say so', () => {
    assert.deepEqual(parseRoute('#/admin'), { view: 'lost' });
  });

  it('with broken escapes are still read', () => {
    assert.deepEqual(parseRoute('#/chat/100%'), { view: 'chat', channel: '100%' });
  });
});
