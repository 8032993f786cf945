import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { postStates } from '../../src/core/event/post.ts';
import { SettingsSchema } from '../../src/stores/settings/schema.ts';
import { renderPage } from '../../src/web/help/render-page.ts';
import { until } from '../until.ts';
import { aPush, aWorld } from '../world.ts';

const PAGES = globSync('src/web/help/*.md');
const read = (path: string) => readFileSync(path, 'utf8');

describe('the manual', () => {
  it('links to files that exist, and the README to each of its pages', () => {
    const linked = ['README.md', ...PAGES].flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)].map(([, path = '']) => join(dirname(page), path)),
    );
    assert.ok(linked.length > 30);
    assert.deepEqual(
      linked.filter((path) => !existsSync(path)),
      [],
    );
    assert.deepEqual(
      PAGES.filter((page) => !linked.includes(page)),
      [],
    );
  });

  it('has a title on each page, and no link on the page that leads nowhere', () => {
    for (const page of PAGES) {
      const { title, html } = renderPage(read(page));
      assert.notEqual(title, 'Help', page);
      const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
      for (const href of links) {
        const [, name] = /^#\/help\/([\w-]+)$/.exec(href) ?? [];
        const isPage = name && (existsSync(`src/web/help/${name}.md`) || ['environment', 'helpers'].includes(name));
        assert.ok(isPage || href.startsWith('https://'), `${page} links to ${href}`);
      }
    }
  });

  it('leaves the README short', () => {
    assert.ok(read('README.md').split('\n').length <= 90);
  });

  it('names files of the project that exist', () => {
    const named = PAGES.flatMap((page) =>
      [...read(page).matchAll(/`?((?:packaging|templates|src|test)\/[\w./-]+)`?/g)].map(([, path = '']) =>
        path.replace(/[.,]$/, ''),
      ),
    ).filter((path) => !path.includes('<') && path.startsWith('packaging/'));
    assert.ok(named.length > 3);
    assert.deepEqual(
      named.filter((path) => !existsSync(path)),
      [],
    );
  });
});

describe('the reference of the settings file', () => {
  it('names every part of it, and nothing else', () => {
    const rows = [...read('src/web/help/settings-file.md').matchAll(/^\| `([^`]+)` \| .+ \|$/gm)].map(
      ([, path]) => path,
    );
    const schema = z.toJSONSchema(SettingsSchema, { unrepresentable: 'any', io: 'input' });
    assert.deepEqual(rows.toSorted(), leavesOf(schema as Node).toSorted());
  });
});

describe('what Prometheus reads', () => {
  it('is what the manual lists, and what dashboard and alerts ask for', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.deliver(endpoint, aPush());
    await world.deliver(endpoint, { ...aPush(), secret: 'another secret altogether' });
    await world.type('/webhook template edit push', { channel: 'ops' });
    await world.settled();
    const text = await until(async () => {
      const answer = await (await fetch(`${world.publicUrl}/metrics`)).text();
      return answer.includes('bellhop_post_seconds_count') ? answer : undefined;
    });
    const manual = read('src/web/help/metrics.md');
    const real = [...text.matchAll(/^# HELP (bellhop_\w+) (.+)\n# TYPE \w+ (\w+)$/gm)];
    assert.ok(real.length >= 8, text);
    for (const [, name = '', help, kind] of real) {
      const row = new RegExp(`^\\| \`${name}\` \\| ${kind} \\| ${help} \\| (.*)\\|$`, 'm').exec(manual);
      assert.ok(row, `${name} is not in the manual as it is`);
      const labels = new Set(
        [...text.matchAll(new RegExp(`^${name}\\{(.*)\\} `, 'gm'))].flatMap(([, pairs = '']) =>
          [...pairs.matchAll(/(\w+)="/g)].map(([, label = '']) => label),
        ),
      );
      for (const label of labels) assert.ok(row[1]?.includes(`\`${label}\``), `${name} has the label ${label}`);
    }
    // What counts only failures of templates is not there until one fails.
    const known = new Set([...real.map(([, name]) => name), 'bellhop_template_problems_total']);
    const listed = [...manual.matchAll(/^\| `(bellhop_\w+)`/gm)].map(([, name]) => name);
    assert.deepEqual(listed.toSorted(), [...known].toSorted());

    const alerts = read('packaging/prometheus/alerts.yaml');
    const dashboard = read('packaging/grafana/bellhop.json');
    const asked = [...`${alerts}${dashboard}`.matchAll(/\b(bellhop_\w+?)(?:_bucket)?\b(?=[^\w]|$)/g)].map(
      ([, name]) => name,
    );
    assert.ok(asked.length > 12);
    assert.deepEqual(
      asked.filter((name) => !known.has(name)),
      [],
    );
    assert.ok(postStates.includes('failed') && alerts.includes('outcome="failed"'));
    assert.match(text, /bellhop_deliveries_total\{.*outcome="refused_401"/);
    assert.match(text, /bellhop_posts_total\{.*outcome="posted"/);
  });

  it('has five alerts, each in the manual, and a dashboard whose panels all ask for something', () => {
    const alerts = read('packaging/prometheus/alerts.yaml');
    const names = [...alerts.matchAll(/- alert: (\w+)\n\s+expr: \S+/g)].map(([, name]) => name);
    assert.equal(names.length, 5);
    for (const name of names) assert.ok(read('src/web/help/metrics.md').includes(`\`${name}\``), name);
    const { panels } = JSON.parse(read('packaging/grafana/bellhop.json')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    assert.ok(panels.length >= 8);
    for (const { title, targets } of panels) assert.ok(targets.length > 0 && targets.every(({ expr }) => expr), title);
  });
});

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

/** The paths of everything that holds no further parts of its own. */
function leavesOf(node: Node, path = ''): readonly string[] {
  if (node.items?.properties) return leavesOf(node.items, `${path}[]`);
  if (!node.properties) return [path];
  return Object.entries(node.properties).flatMap(([name, part]) => leavesOf(part, path ? `${path}.${name}` : name));
}
