import { stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from '../core/delivery/delivery.ts';
import { AppError, badRequest, notFound } from '../core/errors.ts';
import { partWords } from '../core/event/part-words.ts';
import type { SpanLine } from '../core/message/terminal-lines.ts';
import type { Sample } from '../core/provider/sample.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { readInput, STDIN } from './shared/read-input.ts';
import { typedHeaders } from './shared/typed-headers.ts';
import { defineVerb, type Offline, type Preview, type Problem, type Value } from './shared/verb.ts';

/** How often files are looked at while somebody edits them, in milliseconds. */
const LOOK_EVERY = 300;

type Values = Readonly<Record<string, Value>>;

export default defineVerb({
  summary: 'Show what a payload or a sample would look like, without posting it',
  usage: '<provider> <file>|-|<provider>/<sample>',
  examples: [
    'bellhop preview github/push',
    'bellhop preview github push.json --template push.hbs --watch',
    'curl -s https://example.com/build.json | bellhop preview generic -',
  ],
  options: {
    template: { type: 'string' },
    watch: { type: 'boolean' },
    header: { type: 'string', multiple: true },
    'content-type': { type: 'string' },
    json: { type: 'boolean' },
  },
  optionHelp: {
    template: 'a file with a template to try, in place of the one that would be used',
    watch: 'show it again whenever the file or a template changes',
    header: 'a request header, such as "x-github-event: push" that names the event; may be given several times',
    'content-type': 'what the file holds; application/json when left out',
    json: 'print the payloads for Slack and Discord as JSON',
  },
  async run({ positionals, values }, { open, print, show, input }) {
    const offline = await open();
    const subject = findSubject(positionals, offline);
    const template = values.template === undefined ? undefined : String(values.template);
    if (values.watch && subject.file === STDIN)
      throw badRequest('Standard input cannot be watched. Name a file in place of `-`.');
    const read = (file: string) => readInput(file, { input });

    async function once(broken: readonly Problem[]): Promise<number> {
      const delivery = await readDelivery(subject, values, { ...offline, read });
      const tried =
        template === undefined ? undefined : { name: template, source: (await read(template)).toString('utf8') };
      const preview = offline.preview(subject.provider, delivery, tried);
      const problems = [...broken, ...preview.problems];
      if (values.json) print(JSON.stringify({ ...preview, lines: undefined, problems }, undefined, 2));
      else show(toLines({ ...preview, problems }));
      return problems.length > 0 ? 1 : 0;
    }

    if (!values.watch) return once((await offline.refresh()).problems);
    for (let mark = ''; ; await wait(LOOK_EVERY)) {
      const { changed, problems } = await offline.refresh();
      const now = await markOf([subject.file, template]);
      if (now === mark && !changed) continue;
      if (mark) print(`\n── ${new Date().toLocaleTimeString()} ──`);
      mark = now;
      await once(problems).catch((error: unknown) => {
        // A file that is being written is read again in a moment.
        if (!(error instanceof AppError)) throw error;
        print(error.message);
      });
    }
  },
});

/** What is previewed: a provider's sample by its name, or a file. */
interface Subject {
  readonly provider: string;
  readonly sample: Sample | undefined;
  readonly file: string | undefined;
}

function findSubject([first, second]: readonly string[], { providers, samples }: Offline): Subject {
  if (!first)
    throw badRequest(
      'Name the provider and the file, such as `bellhop preview github push.json`, or the sample, such as `bellhop preview github/push`.',
    );
  // The samples that came with Bellhop lie in folders that are named after their providers.
  const isFile = second === undefined && extname(first) === '.json';
  const [named = '', type = ''] = isFile ? [basename(dirname(resolve(first)))] : first.split(/\/(.*)/s);
  if (!providers.has(named)) {
    const hint = didYouMean(named, providers.keys()).trim() || `\`/webhook providers\` lists all ${providers.size}.`;
    throw notFound(`The provider \`${named}\``, hint);
  }
  if (isFile) return { provider: named, sample: undefined, file: first };
  if (second !== undefined) return { provider: named, sample: undefined, file: second };
  const known = samples.of(named);
  const sample = known.get(type);
  if (sample) return { provider: named, sample, file: undefined };
  const all = `\`${named}\` has: ${[...known.keys()].join(', ') || 'none'}.`;
  throw notFound(`The sample \`${first}\``, `${all}${didYouMean(type, known.keys())}`);
}

async function readDelivery(
  { provider, sample: named, file }: Subject,
  values: Values,
  { readSample, read }: Pick<Offline, 'readSample'> & { readonly read: (file: string) => Promise<Buffer> },
): Promise<Delivery> {
  const around = { url: '', query: {}, receivedAt: new Date(), remoteAddress: '' };
  const body = file === undefined ? Buffer.alloc(0) : await read(file);
  const name = basename(file ?? '', '.json');
  const sample = named ?? readSample(body.toString('utf8'), { provider, type: name });
  if (sample) {
    const { method, headers } = sample;
    return { ...around, method, headers, body: sample.body };
  }
  const headers = {
    'content-type': String(values['content-type'] ?? 'application/json'),
    ...typedHeaders(values.header),
  };
  return { ...around, method: 'POST', headers, body };
}

/** Another text whenever one of the files was written. */
async function markOf(files: readonly (string | undefined)[]): Promise<string> {
  const marks = files.map(
    (file) =>
      file &&
      stat(file).then(
        ({ mtimeMs, size }) => `${mtimeMs}:${size}`,
        () => '',
      ),
  );
  return `- ${(await Promise.all(marks)).join(' ')}`;
}

const dim = (text: string): SpanLine => [{ text, style: 'dim' }];

/** The message, what Bellhop read of the payload, and what is wrong. */
function toLines({ type, of, template, lines, about, problems, doubts }: Preview): readonly SpanLine[] {
  const facts = Object.entries(about).map(([part, text]) =>
    dim(`  ${part.padEnd(12)}${typeof text === 'string' ? text : JSON.stringify(text)}`),
  );
  return [
    dim([type, template, ...(of > 1 ? [partWords({ number: 1, of })] : [])].join(' · ')),
    [],
    ...lines,
    [],
    ...facts,
    ...problems.map(
      (problem): SpanLine => [{ text: '  problem     ', style: 'failed' }, { text: toSentence(problem) }],
    ),
    ...doubts.map((doubt): SpanLine => [{ text: '  check       ', style: 'warning' }, { text: toSentence(doubt) }]),
  ];
}

function toSentence({ template, message, line, column }: Problem): string {
  const place = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return `${template}${place}: ${message}`;
}
