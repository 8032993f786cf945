import { parseArgs } from 'node:util';
import { chaos } from './chaos.ts';

// Bellhop in a process of its own, or in three with `cluster`, killed again and again, before chats in which much goes wrong.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '10000' },
    channels: { type: 'string', default: '40' },
    'kill-every': { type: 'string', default: '200' },
    timeouts: { type: 'string', default: '1' },
  },
});
const outcome = await chaos({
  events: Number(values.events),
  channels: Number(values.channels),
  killEvery: Number(values['kill-every']),
  timeouts: Number(values.timeouts),
  cluster: positionals.includes('cluster'),
  say: (line) => console.log(line),
});
for (const line of outcome.findings) console.log(line);
console.log(outcome.summary);
process.exitCode = outcome.findings.length > 0 ? 1 : 0;
