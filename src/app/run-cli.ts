import { parseArgs, styleText } from 'node:util';
import closeWithGrace from 'close-with-grace';
import type { Place, Verb, VerbParts } from '../cli/shared/verb.ts';
import { AppError } from '../core/errors.ts';
import type { Span, SpanLine } from '../core/message/terminal-lines.ts';
import { nearest } from '../core/text/nearest.ts';
import { readAdminToken } from './admin-token.ts';
import { createDiagnoses, createManifests } from './chats.ts';
import { type Config, loadConfig } from './config.ts';
import { type App, createApp } from './create-app.ts';
import { discover } from './discover.ts';
import { openOffline } from './offline.ts';
import { readVersion } from './version.ts';

export interface CommandLine {
  readonly words: readonly string[];
  /** The environment as it is at this moment. */
  readonly environment: () => Readonly<Record<string, string | undefined>>;
  /** The folder that holds the verbs. */
  readonly verbs: string;
  /** Takes what is written, in place of the process. */
  readonly streams?: Streams;
}

/** Where a command line writes to. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** How long a stop may take, in milliseconds, before the process is killed. */
const STOP_WITHIN = 10_000;
/** Milliseconds for which deliveries are still taken after a signal to stop. */
const GRACE = 1_500;

/** Runs `bellhop <verb>`, and gives back the exit code: 0 when it did what was asked, 1 when it could not, 2 when it was not understood. */
export async function runCli({ words, environment, verbs: folder, streams = ofProcess }: CommandLine): Promise<number> {
  const { print, complain, show } = createTerminal(streams);
  if (words[0] === '--version' || words[0] === '-v') {
    print(await readVersion());
    return 0;
  }
  const verbs = await discover<Verb>(folder);
  const [name = 'serve', ...rest] = words[0]?.startsWith('-') ? ['serve', ...words] : words;
  if (name === 'help' || words.includes('--help') || words.includes('-h')) {
    print(
      toHelp(
        verbs,
        words.find((word) => verbs.has(word)),
      ),
    );
    return 0;
  }
  const verb = verbs.get(name);
  if (!verb) {
    const near = nearest(name, [...verbs.keys()]);
    complain(
      `\`${name}\` is not a verb of bellhop.${near ? ` Did you mean \`${near}\`?` : ''} \`bellhop help\` lists them.`,
    );
    return 2;
  }
  try {
    const { positionals, values } = parse(verb, name, rest);
    return (
      (await verb.run(
        { positionals, values },
        toParts(() => loadConfig(environment()), { print, show }),
      )) ?? 0
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    complain(error.message);
    return error.status === 400 ? 2 : 1;
  }
}

function parse({ options = {}, usage }: Verb, name: string, words: readonly string[]) {
  const args = [...words];
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const unknown = tokens.find((token) => token.kind === 'option' && !Object.hasOwn(options, token.name));
  const extra = tokens.filter(({ kind }) => kind === 'positional')[wordsOf(usage)];
  try {
    if (unknown?.kind === 'option') throw new Error(`\`${unknown.rawName}\` is not an option of \`${name}\`.`);
    if (extra?.kind === 'positional') throw new Error(`\`${extra.value}\` is one word too many.`);
    return parseArgs({ args, options, allowPositionals: true }) as {
      positionals: string[];
      values: Record<string, string | boolean | undefined>;
    };
  } catch (cause) {
    const call = `bellhop ${name} ${usage}`.trim();
    throw new AppError(400, 'bad_arguments', `${(cause as Error).message}\nUsage: ${call}`, { cause });
  }
}

/** How many words a verb takes besides its options. */
function wordsOf(usage: string): number {
  return usage
    .replace(/\[[^\]]*\]/g, '')
    .split(' ')
    .filter(Boolean).length;
}

function toParts(readConfig: () => Config, { print, show }: Pick<VerbParts, 'print' | 'show'>): VerbParts {
  const config = readConfig();
  return {
    print,
    show,
    place: toPlace(config),
    open: () => openOffline(config),
    backups: {
      passphrase: config.BACKUP_PASSPHRASE,
      // Whoever serves need not hold what makes backups.
      async create(file, passphrase) {
        const { createBackup } = await import('./backup/create-backup.ts');
        return createBackup(config, file, passphrase);
      },
      async restore(file, passphrase) {
        const { restoreBackup } = await import('./backup/restore-backup.ts');
        return restoreBackup(config, file, passphrase);
      },
    },
    diagnoses: createDiagnoses(config),
    manifests: createManifests(config),
    async serve() {
      const app = await createApp({ config, readConfig, print });
      await app.start();
      return { stopped: untilToldToStop(app) };
    },
  };
}

function untilToldToStop({ stop, log }: App): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  closeWithGrace({ delay: STOP_WITHIN, logger: false }, async ({ err, signal }) => {
    if (err) log.error({ err }, 'an unforeseen failure ends the process');
    // Whoever types Ctrl-C waits for nothing; a machine that ends us looks first where deliveries may go instead.
    await stop({ grace: signal === 'SIGTERM' ? GRACE : 0 });
    resolve();
  });
  return promise;
}

function toPlace(config: Config): Place {
  const host = ['0.0.0.0', '::'].includes(config.HOST) ? '127.0.0.1' : config.HOST;
  const localUrl = `http://${host.includes(':') ? `[${host}]` : host}:${config.PORT}`;
  return {
    dataFolder: config.DATA_DIR,
    localUrl,
    publicUrl: config.PUBLIC_URL ?? localUrl,
    adminToken: async () => config.ADMIN_TOKEN ?? readAdminToken(config.DATA_DIR),
  };
}

function toHelp(verbs: ReadonlyMap<string, Verb>, name: string | undefined): string {
  const verb = name ? verbs.get(name) : undefined;
  if (verb) {
    const options = Object.entries(verb.optionHelp ?? {}).map(([option, text]) => `  --${option.padEnd(18)}${text}`);
    return [`bellhop ${name} ${verb.usage}`.trim(), '', verb.summary, ...(options.length ? ['', ...options] : [])].join(
      '\n',
    );
  }
  const lines = [...verbs].map(([name, { usage, summary }]) => `  ${`${name} ${usage}`.trim().padEnd(48)}${summary}`);
  return [
    'Bellhop carries webhooks into team chat.',
    '',
    'bellhop [verb]          `bellhop <verb> --help` explains one; `bellhop --version` prints the version',
    '',
    ...lines,
    '',
    'Settings come from the environment or a file `.env`; `.env.example` explains each.',
  ].join('\n');
}

const ofProcess: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

function createTerminal({ out, err }: Streams) {
  return {
    print: (line: string) => out(`${forTerminal(line)}\n`),
    complain: (line: string) => err(`${forTerminal(line)}\n`),
    show: (lines: readonly SpanLine[]) => out(`${lines.map(toStyled).join('\n')}\n`),
  };
}

/** A line with its styles, where the terminal can show them and nobody asked for none. */
function toStyled(line: SpanLine): string {
  return line
    .map(({ text, style }) => (style ? styleText(STYLES[style], forTerminal(text)) : forTerminal(text)))
    .join('');
}

const STYLES: Readonly<Record<NonNullable<Span['style']>, Parameters<typeof styleText>[0]>> = {
  bold: 'bold',
  italic: 'italic',
  dim: 'dim',
  code: 'cyan',
  link: 'underline',
  failed: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  good: ['bold', 'green'],
  running: ['bold', 'blue'],
  neutral: 'bold',
  info: 'bold',
};

/** What is printed may come from a payload, and must not control the terminal. */
function forTerminal(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu, '');
}
