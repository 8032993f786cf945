import { resolve } from 'node:path';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import { floorsOf, type Measures } from './floors.ts';
import { CORPUS, loadCorpus, missing } from './load-corpus.ts';
import { measure } from './measure.ts';
import { reportOf } from './report.ts';
import { loadSeverities } from './severities.ts';

/** `npm run corpus -- <folder>`: how much our messages say of what readers of recorded payloads expect. */
const folder = resolve(process.argv[2] ?? CORPUS);
const absent = missing(folder);
if (absent) console.log(`${absent} Nothing was measured.`);
else await run();

async function run(): Promise<void> {
  const catalogue = await loadCatalogue();
  const recordings = loadCorpus(folder);
  const own = recordings.filter(
    ({ provider }) => provider !== 'generic' && catalogue.templates.types(provider).length > 0,
  );
  const measures: Measures = {
    templates: own.map((recording) => measure(recording, recording.provider, catalogue)),
    generic: recordings.map((recording) => measure(recording, 'generic', catalogue)),
  };
  const floors = floorsOf(measures, loadSeverities());
  console.log(reportOf(measures, floors));
  const missed = floors.filter(({ met }) => !met);
  if (missed.length === 0) return;
  console.log(
    `\nFloor missed: ${missed.map(({ what, measured, floor }) => `${what} (${measured}, ${floor})`).join('; ')}.`,
  );
  process.exitCode = 1;
}
