import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWhole } from './read-whole.ts';

const url = (payload: unknown) => readWhole(payload).url;
const page = 'https://lamps.example/7';

describe('the link of a title', () => {
  for (const [said, payload] of [
    ['a name that ends with url', { lamp: 'Hall', details_url: page }],
    ['a name that ends with link', { lamp: 'Hall', shareLink: page }],
    ['a permalink', { lamp: 'Hall', permalink: page }],
    ['self', { lamp: { name: 'Hall', self: page } }],
    [
      'links.html',
      { lamp: { name: 'Hall', links: { html: { href: page }, self: { href: 'https://api.lamps.example/7' } } } },
    ],
    ['_links', { lamp: { name: 'Hall' }, _links: { web: page } }],
    ['a text', { text: `The lamp in the hall is broken, see ${page}.` }],
    ['a link in a text', { text: `The <${page}|lamp> is broken` }],
    [
      'a list',
      {
        alerts: [
          { name: 'Hall', status: 'down', url: page },
          { name: 'Attic', status: 'up' },
        ],
      },
    ],
  ] as const)
    it(`is found in ${said}`, () => assert.equal(url(payload), page));

  it('leads to the thing rather than to its place, and to its place rather than to a person', () => {
    const lamp = { name: 'Hall', html_url: page };
    const project = { name: 'House', html_url: 'https://lamps.example/house' };
    const user = { name: 'Ada', html_url: 'https://lamps.example/ada' };
    assert.equal(url({ event: 'lamp.broken', user, project, lamp }), page);
    assert.equal(url({ event: 'lamp.broken', user, project, lamp: { name: 'Hall' } }), project.html_url);
    assert.equal(url({ event: 'lamp.broken', user, lamp: { name: 'Hall' } }), user.html_url);
  });

  it('is for people: neither a picture nor an API, a hook or a way to unsubscribe', () => {
    for (const links of [
      { avatar_url: page },
      { url: 'https://lamps.example/7.png' },
      { url: 'https://api.lamps.example/7' },
      { url: 'https://lamps.example/api/v2/lamps/7' },
      { callback_url: page },
      { unsubscribe_url: page },
      { clone_url: page },
      { url: 'javascript:alert(1)' },
      { url: 'ftp://lamps.example/7' },
    ])
      assert.equal(url({ lamp: { name: 'Hall' }, ...links }), undefined, JSON.stringify(links));
  });

  it('carries no secret', () => {
    for (const address of [
      'https://ada:hunter2@lamps.example/7',
      `${page}?access_token=abcdef123456`,
      `${page}?sig=0a1b2c3d4e5f`,
      'https://hooks.slack.com/services/T0/B0/abcdefgh',
    ]) {
      const { message, about } = readWhole({ lamp: 'Hall', text: `See ${address}`, url: address });
      assert.doesNotMatch(JSON.stringify([message, about]), /hunter2|abcdef|0a1b2c/, address);
    }
    assert.equal(url({ title: 'Reset', reset_url: `${page}/abc` }), undefined);
  });

  it('leads to the page of what only an API describes, where the service is known', () => {
    assert.equal(
      url({ issue: { title: 'Cold', url: 'https://api.github.com/repos/acme/house/issues/4' } }),
      'https://github.com/acme/house/issues/4',
    );
    assert.equal(
      url({
        issue: { key: 'OPS-4', self: 'https://acme.example/rest/api/2/issue/10004', fields: { summary: 'Cold' } },
      }),
      'https://acme.example/browse/OPS-4',
    );
  });
});
