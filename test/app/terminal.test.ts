import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { runCli } from '../../src/app/run-cli.ts';
import { createWatchedLog } from '../../src/app/terminal/create-log.ts';
import { plainLines, type SpanLine } from '../../src/core/message/terminal-lines.ts';
import { eventually } from '../chats/chat.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';
import { ofTests } from './environment.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const VERBS = join(import.meta.dirname, '../../src/cli');
const bash = (command: string) => promisify(execFile)('bash', ['-c', command]);

describe('the terminal', () => {
  let world: World;
  let acme: Endpoint;
  const lines: SpanLine[] = [];

  before(async () => {
    world = await aWorld({ report: (line) => lines.push(line) });
    acme = await world.endpoint('github', 'as acme in #ops');
  });
  after(() => world[Symbol.asyncDispose]());

  const run = (words: readonly string[], input = '') => runHere(words, { world, input });

  it('runs the commands of the chat, with the words as the shell gives them', async () => {
    const muted = await run(['mute', 'acme', 'source=acme/api', 'for', '2h', 'because', 'deploy night']);
    assert.equal(muted.code, 0, muted.errors + muted.output);
    const { code, output } = await run(['mutes', '--json']);
    const { ok, data } = JSON.parse(output);
    assert.deepEqual([code, ok], [0, true]);
    assert.match(JSON.stringify(data), /deploy night/);
    assert.equal((await run(['unmute', 'acme', 'source=acme/api'])).code, 0);
  });

  it('ends with 1 when a command is refused, and with 2 when it is not understood', async () => {
    const refused = await run(['replay', '999999']);
    assert.deepEqual([refused.code, /999999/.test(refused.output)], [1, true]);
    assert.equal((await run(['replay', 'colour=red'])).code, 2);
    assert.deepEqual(JSON.parse((await run(['replay', '999999', '--json'])).output).data.code, 'not_found');
  });

  it('names commands as they are typed here', async () => {
    const { code, output } = await run(['replay']);
    assert.equal(code, 2);
    assert.match(output, /bellhop replay 1234/);
    assert.doesNotMatch(output, /\/webhook/);
    const help = (await run(['events', '--help'])).output;
    assert.match(help, /^bellhop history .*\n\nList events/);
    assert.match(help, /Examples:\n {2}bellhop history api-alerts\n/);
  });

  it('explains every verb and command with an example', async () => {
    const { output } = await run(['help']);
    const names = [...output.matchAll(/^ {2}([a-z][a-z-]+) /gm)].map(([, name = '']) => name);
    assert.ok(names.length > 30);
    for (const name of names) assert.match((await run([name, '--help'])).output, /Examples?:\n {2}.*\bbellhop /, name);
  });

  it('says what became of what it sends', async () => {
    const { code, output } = await run(['send', 'acme', 'github/push']);
    assert.match(output, /^202 \{"outcome":"kept".*\n\d\d:\d\d:\d\d acme push .* → #ops ✓ \d+ ms\n$/);
    assert.equal(code, 0);
  });

  it('sends a file or standard input, with as many headers as are given', async () => {
    const { payload } = aPush({ by: 'hubot' });
    const file = join(world.folder, 'push.json');
    await writeFile(file, JSON.stringify(payload));
    const headers = ['--header', 'X-GitHub-Event: push', '--header'];
    const sent = await run(['send', 'acme', '--file', file, ...headers, 'x-github-delivery: from-a-file']);
    assert.match(sent.output, /acme push hubot pushed/);
    const piped = ['send', 'acme', '-', ...headers, 'x-github-delivery: from-a-pipe'];
    const another = JSON.stringify(aPush({ by: 'dependabot' }).payload);
    assert.match((await run(piped, another)).output, /acme push dependabot pushed/);
    assert.match((await run(piped, another)).output, /"outcome":"repeated"/);
    assert.match((await run(['send', 'acme', '-', '--header', 'nothing'])).errors, /`nothing` is not a header/);
  });

  it('sends an endpoint no sample of another provider, unless it is for any sender', async () => {
    const { code, errors } = await run(['send', 'acme', 'stripe/charge.failed']);
    assert.equal(code, 2);
    assert.match(errors, /^`acme` is an endpoint for `github`, and `stripe\/charge.failed` is a sample of `stripe`\./);
    await world.endpoint('generic', 'as any in #ops');
    assert.equal((await run(['send', 'any', 'github/push'])).code, 0);
  });

  it('previews what is piped in', async () => {
    const { code, output } = await run(['preview', 'generic', '-'], '{"title":"The door is open"}');
    assert.deepEqual([code, /The door is open/.test(output)], [0, true]);
    assert.match((await run(['preview', 'generic', '-', '--watch'])).errors, /cannot be watched/);
  });

  it('shows what arrives, and what becomes of it, while it is asked to', async () => {
    const text = follow(world, ['tail', 'acme']);
    const json = follow(world, ['tail', 'acme', '--json', '--body']);
    try {
      await eventually(() => /Waiting/.test(text.output()), 'the first word');

      await eventually(async () => {
        await world.deliver(acme, aPush({ by: 'mona' }));
        await world.settled();
        return json.output() !== '';
      }, 'the line of JSON');
      await eventually(() => /acme push mona pushed .* → #ops ✓ \d+ ms\n/.test(text.output()), 'the line');
      const event = JSON.parse(json.output().split('\n')[0] ?? '');
      assert.deepEqual([event.state, event.posts[0].state], ['posted', 'posted']);
      assert.match(event.body.text, /"login":"mona"/);
    } finally {
      text.child.kill();
      json.child.kill();
    }
    assert.match((await run(['tail', 'acmee'])).errors, /The endpoint `acmee` does not exist/);
  });

  it('ends quietly when whoever reads it has read enough', async () => {
    const { stdout } = await bash(
      `set -o pipefail; ${process.execPath} ${MAIN} --help | head -n 1; echo "$?" "\${PIPESTATUS[0]}"`,
    );
    assert.match(stdout, /^Bellhop carries webhooks into team chat\.\n0/);
  });

  it('tells a person who watches the log what arrived, who said it and where it went', async () => {
    await world.deliver(acme, aPush({ by: 'watched' }));
    await eventually(() => /watched pushed/.test(plainLines(lines).join('\n')), 'the line');
    const [line = ''] = plainLines(lines).filter((each) => /watched pushed/.test(each));
    assert.match(line, /^\d\d:\d\d:\d\d acme push watched pushed .* → #ops ✓ \d+ ms$/);
  });

  it('writes everything else that is logged as a sentence with its facts', () => {
    const shown: SpanLine[] = [];
    const log = createWatchedLog('info', (line) => shown.push(line));
    log.warn({ platform: 'Slack', reason: 'no answer' }, 'a platform fails');
    log.info({ eventId: '12' }, 'kept a delivery');
    assert.equal(shown.length, 1);
    assert.match(
      plainLines(shown)[0] ?? '',
      /^\d\d:\d\d:\d\d warning a platform fails \(platform Slack, reason no answer\)$/,
    );
  });

  it('teaches shells its verbs, the commands and their options', async () => {
    const script = (await run(['completion', 'bash'])).output;
    const typed = 'bellhop mute acme sou';
    const { stdout } = await bash(
      `${script}\nCOMP_LINE='${typed}' COMP_POINT=${typed.length} COMP_WORDS=(${typed}) COMP_CWORD=3; _bellhop; echo "\${COMPREPLY[@]}"
COMP_LINE='bellhop ta' COMP_POINT=10 COMP_WORDS=(bellhop ta) COMP_CWORD=1; _bellhop; echo "\${COMPREPLY[@]}"`,
    );
    assert.equal(stdout, 'source=\ntail\n');
    assert.match((await run(['completion', 'zsh'])).output, /^#compdef bellhop\n/);
    assert.match((await run(['completion', 'fish'])).output, /^complete -c bellhop .* -a tail -d /m);
    assert.match((await run(['completion', 'tcsh'])).errors, /Name the shell: `bellhop completion bash`/);
  });
});

function environmentOf({ folder, publicUrl }: World): Record<string, string> {
  return { DATA_DIR: folder, PORT: new URL(publicUrl).port, LOG_LEVEL: 'silent' };
}

async function runHere(words: readonly string[], { world, input }: { world: World; input: string }) {
  let [output, errors] = ['', ''];
  const code = await runCli({
    words,
    verbs: VERBS,
    environment: () => environmentOf(world),
    streams: {
      out: (text) => (output += text),
      err: (text) => (errors += text),
      input: async () => Buffer.from(input),
    },
  });
  return { code, output, errors };
}

function follow(world: World, words: readonly string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd: tmpdir(),
    env: { ...ofTests, ...environmentOf(world) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data;
    });
  return { child, output: () => output };
}
