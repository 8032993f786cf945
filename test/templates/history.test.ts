import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  overridesFor,
  revisionsOf,
  type TemplateKey,
  type TemplateOverride,
  undoneBy,
  withRevision,
} from '../../src/core/settings/template-override.ts';
import { runs } from '../runs.ts';

const key: TemplateKey = { provider: 'github', type: 'push' };

describe('the history of a template', () => {
  it('begins with the first change and keeps who made each, newest first', () => {
    const { override } = changed(['one', 'two', 'three']);
    assert.deepEqual(
      revisionsOf(override).map(({ revision, source }) => [revision, source]),
      [
        [3, 'three'],
        [2, 'two'],
        [1, 'one'],
      ],
    );
  });

  it('is walked back one change at a time, to what was there before the first', () => {
    let all = changed(['one', 'two', 'three']).templates;
    const seen: (string | undefined)[] = [];
    for (;;) {
      const override = all[0] ?? assert.fail();
      const before = undoneBy(override);
      if (!before) break;
      seen.push(before.source);
      all = withRevision(all, key, {
        restores: before.revision,
        ...(before.source !== undefined && { source: before.source }),
      }).templates;
    }
    assert.deepEqual(seen, ['two', 'one', undefined]);
  });

  it('goes on from what was brought back', () => {
    let { templates } = changed(['one', 'two']);
    templates = withRevision(templates, key, { source: 'one', restores: 1 }).templates;
    templates = withRevision(templates, key, { source: 'other' }).templates;
    assert.equal(undoneBy(templates[0] ?? assert.fail())?.source, 'one');
  });

  it('is bounded in number and size, whatever is saved, and always keeps the revision before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60_000), { minLength: 2, maxLength: 60 }), (sizes) => {
        const { override } = changed(sizes.map((size) => 'x'.repeat(size)));
        const { earlier = [] } = override;
        const characters = earlier.reduce((sum, { source = '' }) => sum + source.length, 0);
        assert.ok(earlier.length >= 1 && earlier.length <= 20);
        assert.ok(characters <= 65_536 + 60_000);
        assert.equal(override.revision, sizes.length);
        assert.equal(undoneBy(override)?.source?.length, sizes.at(-2));
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('a changed template', () => {
  it('counts by its scope first, then by its type, and not at all once it is reset', () => {
    const templates: readonly TemplateOverride[] = [
      { ...key, source: 'everyone' },
      { provider: 'github', type: '*', source: 'every type at the endpoint', endpointId: 'e1' },
      { ...key, source: 'endpoint', endpointId: 'e1' },
      { ...key, endpointId: 'e1', routeId: 'r1' },
      { provider: 'github', type: '*', source: 'every type on the route', endpointId: 'e1', routeId: 'r1' },
      { ...key, source: 'elsewhere', endpointId: 'e2' },
    ];
    const at = (place: object) => overridesFor(templates, { ...key, ...place }).map(({ source }) => source);
    assert.deepEqual(at({ endpointId: 'e1', routeId: 'r1' }), [
      'every type on the route',
      'endpoint',
      'every type at the endpoint',
      'everyone',
    ]);
    assert.deepEqual(at({ endpointId: 'e1' }), ['endpoint', 'every type at the endpoint', 'everyone']);
    assert.deepEqual(at({ endpointId: 'e3' }), ['everyone']);
    assert.deepEqual(at({ type: 'issues', endpointId: 'e1' }), ['every type at the endpoint']);
  });
});

function changed(sources: readonly string[]): {
  readonly templates: readonly TemplateOverride[];
  readonly override: TemplateOverride;
} {
  const start: ReturnType<typeof changed> = { templates: [], override: key };
  return sources.reduce(({ templates }, source) => withRevision(templates, key, { source }), start);
}
