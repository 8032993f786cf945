import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { About } from '../../src/core/event/about.ts';
import type { Density } from '../../src/core/message/density.ts';
import { marked, markGlyphs, marks, toMark, unmarked } from '../../src/core/message/mark.ts';
import { toMessage } from '../../src/core/message/message.ts';
import type { Severity } from '../../src/core/message/severity.ts';
import { anyMessage } from '../doubles/messages.ts';
import { runs } from '../runs.ts';
import { aComposer, anEvent, anInput, anOverride, compose } from './a-composer.ts';

const ABOUT: About = { title: 'Order 12', source: 'acme/shop', labels: { environment: 'production' } };

describe('the mark of a message', () => {
  it('follows the severity, and the state where that is no news', () => {
    const cases: readonly (readonly [Severity, string | undefined, string])[] = [
      ['critical', 'firing', 'failed'],
      ['warning', undefined, 'warning'],
      ['good', 'resolved', 'good'],
      ['info', 'opened', 'info'],
      ['info', 'in_progress', 'running'],
      ['info', 'Queued', 'running'],
      ['critical', 'pending', 'failed'],
    ];
    for (const [severity, state, mark] of cases)
      assert.equal(toMark({ severity, state }), mark, `${severity} ${state}`);
  });

  it('is never that of a failure for what was skipped or cancelled', () => {
    for (const state of ['skipped', 'cancelled', 'canceled', 'neutral', 'stale'])
      for (const severity of ['critical', 'warning', 'info'] as const)
        assert.equal(toMark({ severity, state }), 'neutral', `${severity} ${state}`);
  });

  it('is what the template says, where it says one', () => {
    const { message } = compose({ about: ABOUT, overrides: [anOverride('{{mark "running"}}{{title "Deploying"}}')] });
    assert.equal(message.mark, 'running');
  });

  it('can be taken off a first line again', () => {
    for (const mark of marks) assert.equal(unmarked(marked(mark, 'Disk full')), 'Disk full', markGlyphs[mark]);
  });
});

describe('the first line of an event', () => {
  const builtIn = { push: '{{title actor "pushed" (plural n "commit") url=link}}', default: 'x' };
  const event = anEvent({ payload: { actor: 'ada', n: 3, link: 'https://x.example/' } });

  it('is what the template that came with Bellhop says, for history and search too', () => {
    const input = anInput({ event, overrides: [anOverride('{{title "Mine"}}')] });
    assert.equal(aComposer({ builtIn }).title(input), 'ada pushed 3 commits');
    assert.equal(
      aComposer({ builtIn }).compose({ ...input, overrides: [] }).message.title?.text,
      'ada pushed 3 commits',
    );
  });

  it('is what the provider says where there is no template, or none that works or says one', () => {
    for (const push of [undefined, '{{#each', '{{nope 1}}', 'words', ''])
      assert.equal(aComposer({ builtIn: push === undefined ? {} : { push } }).title(anInput()), 'Order 12 failed');
  });

  it('may quote what the provider says', () => {
    const builtIn = { push: '{{title @about.title "again"}}' };
    assert.equal(aComposer({ builtIn }).title(anInput()), 'Order 12 failed again');
  });
});

describe('the context line of an event', () => {
  it('says source, environment and provider, and what the template adds', () => {
    const { message } = compose({ about: ABOUT, overrides: [anOverride('{{title "T"}}{{footer "#7"}}')] });
    assert.equal(message.footer, 'acme/shop · production · Shop · #7');
  });

  it('says nothing twice, whatever the template adds', () => {
    const { message } = compose({
      about: ABOUT,
      overrides: [anOverride('{{title "T"}}{{footer "Shop · acme/shop · Production"}}')],
    });
    assert.equal(message.footer, 'acme/shop · production · Shop');
  });

  it('says when it happened, or at least when it came', () => {
    assert.equal(compose({}).message.occurredAt, '2026-01-02T03:04:05.000Z');
    const event = anEvent({ receivedAt: new Date('2026-05-06T07:08:09Z') });
    assert.equal(compose({ event, about: ABOUT }).message.occurredAt, '2026-05-06T07:08:09.000Z');
  });
});

describe('nothing is said twice', () => {
  const said = (source: string) => {
    const { message } = compose({
      about: ABOUT,
      overrides: [anOverride(`{{title "ada merged #12 Fix the door"}}${source}`)],
    });
    return { ...message, names: message.fields.map(({ name }) => name) };
  };

  it('as a field, when the first line or the context line says it', () => {
    const { names } = said(
      '{{field "By" "ada"}}{{field "Title" "Fix the door"}}{{field "Repository" "acme/shop"}}{{field "Environment" "Production"}}{{field "Branch" "door"}}{{field "Part" "Fix th"}}',
    );
    assert.deepEqual(names, ['Part']);
  });

  it('but a number of the first line means something else under another name', () => {
    assert.deepEqual(said('{{field "Attempt" "12"}}').names, ['Attempt']);
  });

  it('as an author, when the first line names them', () => {
    assert.equal(said('{{author "ada"}}').author, undefined);
    assert.equal(said('{{author "bob"}}').author?.name, 'bob');
  });

  it('as a body, when that is only the first line again', () => {
    assert.equal(said('ada merged **#12** Fix the door').body, '');
  });
});

describe('how much of a message is shown', () => {
  const source =
    '{{title "T"}}{{field "a" "1 x"}}{{field "b" "2 x"}}{{field "c" "3 x"}}{{field "d" "4 x"}}{{field "e" "5 x"}}words{{button "A" "https://a.example"}}{{button "B" "https://b.example"}}{{button "C" "https://c.example"}}';
  const at = (density?: Density) => compose({ about: ABOUT, overrides: [anOverride(source)], density });
  const shape = ({ message: { fields, body, actions } }: ReturnType<typeof at>) => [
    fields.length,
    body,
    actions.filter(({ tucked }) => !tucked).map(({ label }) => label),
  ];

  it('is four fields and two buttons, unless the route says otherwise', () => {
    assert.deepEqual(shape(at()), [4, 'words', ['A', 'B']]);
    assert.deepEqual(at().whole, false);
  });

  it('is the first line and the context line alone on a compact route', () => {
    assert.deepEqual(shape(at('compact')), [0, '', []]);
    assert.equal(at('compact').message.footer, 'acme/shop · production · Shop');
  });

  it('is everything but more than two buttons on a full one', () => {
    assert.deepEqual(shape(at('full')), [5, 'words', ['A', 'B']]);
    assert.equal(at('full').whole, true);
  });

  it('keeps every button, if only behind ⋯', () => {
    for (const density of [undefined, 'compact', 'full'] as const)
      assert.deepEqual(
        at(density).message.actions.map(({ label }) => label),
        ['A', 'B', 'C'],
      );
  });
});

describe('what is over', () => {
  const source =
    '{{title "Disk full: resolved"}}{{field "Host" "db-1"}}It was full.{{button "Graph" "https://a.example"}}';
  const folded = (about: Partial<About>, more = '', density?: Density) => {
    const overrides = [anOverride(`${more}${source}`)];
    const { message } = compose({ about: { ...ABOUT, ...about }, overrides, density });
    return message.body === '' && message.fields.length === 0 && message.actions.length === 1;
  };

  it('folds to its first line, its context and its buttons where it was an alarm', () => {
    assert.equal(folded({ severity: 'good', state: 'resolved' }), true);
    assert.equal(folded({ severity: 'good', state: 'ok' }), true);
  });

  it('keeps the message of what was never an alarm, or is not over', () => {
    assert.equal(folded({ severity: 'good', state: 'merged' }), false);
    assert.equal(folded({ severity: 'good', state: 'closed' }), false);
    assert.equal(folded({ severity: 'warning', state: 'resolved' }), false);
    assert.equal(folded({ severity: 'critical', state: 'firing' }), false);
  });

  it('is folded or not as its template says, and never where everything is shown', () => {
    assert.equal(folded({ severity: 'good', state: 'resolved' }, '{{fold false}}'), false);
    assert.equal(folded({ severity: 'good', state: 'merged' }, '{{fold true}}'), true);
    assert.equal(folded({ severity: 'good', state: 'resolved' }, '', 'full'), false);
  });
});

describe('a route that notifies nobody', () => {
  it('names people without pinging them', () => {
    const people = [{ name: 'ada', aliases: [], ids: { slack: 'U1', discord: '123456789012345678' } }];
    const overrides = [anOverride('{{title "T"}}{{mention "ada"}}')];
    const ids = (notify?: 'never') =>
      compose({ people, pings: () => true, overrides, notify }).message.mentions.map((who) => who.ids);
    assert.deepEqual([ids(), ids('never')], [[people[0]?.ids], [{}]]);
  });
});

describe('a message', () => {
  it('is clean, whatever it is made of, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(anyMessage, ({ message }) => {
        const { title, author, footer, image, fields, actions } = message;
        const lines = [title?.text, author?.name, footer, image?.alt, ...fields.map(({ name }) => name)];
        const labels = actions.map(({ label }) => label);
        for (const line of [...lines, ...labels].filter((text) => text !== undefined))
          assert.match(line, /^(?:\S(?:[^\r\n\t\p{Cc}\u202A-\u202E\u2066-\u2069]*\S)?)?$/u);
        assert.ok(labels.every(Boolean));
        const links = actions.flatMap((action) => ('url' in action ? [action.url] : []));
        for (const url of [title?.url, author?.url, author?.icon, image?.url, ...links])
          assert.ok(url === undefined || /^https?:\/\/[^\s"'<>()[\]{}|\\^`*]+$/.test(url), url);
        assert.deepEqual(toMessage(message), message);
      }),
      { numRuns: runs(300) },
    );
  });
});
