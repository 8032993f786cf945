import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureChats } from './chats.ts';
import { measureArrival } from './cluster/arrival.ts';
import { measureCommitting } from './cluster/committing.ts';
import { measureDeciding } from './cluster/deciding.ts';
import { measureClusterIngest } from './cluster/ingest.ts';
import { measureLanes } from './cluster/lanes.ts';
import { measureQueue } from './cluster/queue.ts';
import { measureCompose } from './compose.ts';
import { measureDecide } from './decide.ts';
import { measureIngest } from './ingest.ts';
import { measureChatPage } from './page/chat-page.ts';
import { measureTraffic } from './page/traffic.ts';
import { measurePostgres } from './postgres/measure.ts';
import { measurePosting } from './posting.ts';
import { measureScale } from './scale.ts';
import { measureStorm } from './storm.ts';
import { measureTrying } from './trying.ts';
import { measureVerify } from './verify.ts';

export interface Row {
  readonly what: string;
  readonly measured: string;
  /** Nothing where a figure is only to be known. */
  readonly budget?: string;
  readonly met?: boolean;
}

const all = {
  decide: measureDecide,
  trying: measureTrying,
  compose: measureCompose,
  verify: measureVerify,
  ingest: measureIngest,
  chats: measureChats,
  posting: measurePosting,
  storm: measureStorm,
  scale: measureScale,
  page: measureChatPage,
  postgres: measurePostgres,
  traffic: measureTraffic,
  'cluster-ingest': measureClusterIngest,
  'cluster-committing': measureCommitting,
  'cluster-deciding': measureDeciding,
  'cluster-lanes': measureLanes,
  'cluster-queue': measureQueue,
  'cluster-arrival': measureArrival,
};
/** `npm run bench -- storm scale` measures these only, `cluster` all that begin with it. */
const wanted = process.argv.slice(2);
const isNamed = (name: string, by: string) => name === by || name.startsWith(`${by}-`);
const unknown = wanted.filter((word) => !Object.keys(all).some((name) => isNamed(name, word)));
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')} to measure: ${Object.keys(all).join(', ')}.`);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(all)) {
  if (wanted.length > 0 && !wanted.some((word) => isNamed(name, word))) continue;
  const found = await measure();
  // What was measured is not lost where something later fails.
  for (const { what, measured } of found) console.log(`${what}: ${measured}`);
  rows.push(...found);
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
const NONE = '–';
const widths = (['what', 'measured', 'budget'] as const).map((column) =>
  Math.max(column.length, ...rows.map((row) => (row[column] ?? NONE).length)),
);
const line = (cells: readonly string[]) =>
  `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
console.log(`\n${machine}\n`);
console.log(`${line(['what', 'measured', 'budget'])} met |`);
console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|-----|`);
for (const { what, measured, budget = NONE, met } of rows)
  console.log(`${line([what, measured, budget])} ${met === undefined ? NONE.padEnd(3) : met ? 'yes' : 'NO '} |`);
await writeFile(
  join(import.meta.dirname, 'results.json'),
  `${JSON.stringify({ machine, at: new Date().toISOString(), rows }, undefined, 2)}\n`,
);
