import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureChats } from './chats.ts';
import { measureCompose } from './compose.ts';
import { measureDecide } from './decide.ts';
import { measureIngest } from './ingest.ts';
import { measurePosting } from './posting.ts';
import { measureScale } from './scale.ts';
import { measureStorm } from './storm.ts';
import { measureVerify } from './verify.ts';

export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly met: boolean;
}

const rows: Row[] = [];
const all = [measureDecide, measureCompose, measureVerify, measureIngest, measureChats, measurePosting];
for (const measure of [...all, measureStorm, measureScale]) rows.push(...(await measure()));

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
