import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureChats } from './chats.ts';
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
  readonly budget: string;
  readonly met: boolean;
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
};
/** `npm run bench -- storm scale` measures these only. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in all));
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')} to measure: ${Object.keys(all).join(', ')}.`);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(all))
  if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await measure()));

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
const widths = (['what', 'measured', 'budget'] as const).map((column) =>
  Math.max(column.length, ...rows.map((row) => row[column].length)),
);
const line = (cells: readonly string[]) =>
  `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
console.log(`\n${machine}\n`);
console.log(`${line(['what', 'measured', 'budget'])} met |`);
console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|-----|`);
for (const { what, measured, budget, met } of rows)
  console.log(`${line([what, measured, budget])} ${met ? 'yes' : 'NO '} |`);
await writeFile(
  join(import.meta.dirname, 'results.json'),
  `${JSON.stringify({ machine, at: new Date().toISOString(), rows }, undefined, 2)}\n`,
);
