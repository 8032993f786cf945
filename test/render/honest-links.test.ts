import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chats, drawFor } from '../../src/app/chats.ts';
import { linkMarkdown } from '../../src/core/message/markdown/link-markdown.ts';
import { toMessage } from '../../src/core/message/message.ts';

describe('a link whose label names another host', () => {
  const labels = [
    'https://bank.example/login',
    'https://bank.sh',
    'bank.example',
    'www.bank.example',
    'bank.app',
    '**bank.example**',
    'ba**nk.example**',
    'Go to bank.example now',
    'evil.example or bank.example',
    'bank.example@evil.example',
    'bank\u200B.example',
    'bank．example',
    '10.0.0.1',
  ];
  for (const label of labels)
    it(`is followed by its own, once, on both chats: ${label}`, () => {
      for (const shown of both(`[${label}](https://evil.example/)`)) assert.equal(hosts(shown), 1, shown);
    });

  it('is shown once where a list of events links it', () => {
    for (const shown of both(linkMarkdown('Go to bank.example', 'https://evil.example/')))
      assert.equal(hosts(shown), 1);
  });
});

describe('an honest link', () => {
  const labels = [
    'docs',
    'README.md',
    'read config.yml',
    'next.js',
    'https://evil.example/x',
    'evil.example',
    'evil.example:8443',
    'www.evil.example',
    'version 1.2.3',
    'acme/api',
  ];
  for (const label of labels)
    it(`is left alone: ${label}`, () => {
      for (const shown of both(`[${label}](https://evil.example:8443/x)`)) assert.doesNotMatch(shown, /\(evil/);
    });
});

/** What each chat would be sent, without the escapes of the one that has them. */
function both(body: string): readonly string[] {
  const { slack, discord } = drawFor(toMessage({ body }), chats);
  return [slack, discord].map((payload) => JSON.stringify(payload).replaceAll('\\', ''));
}

function hosts(shown: string): number {
  return shown.split('(evil.example)').length - 1;
}
