import { join } from 'node:path';
import { parseArgs } from 'node:util';
import closeWithGrace from 'close-with-grace';
import { toCommandVerb } from '../cli/shared/command-verb.ts';
import type { Place, Value, Verb, VerbParts, Vocabulary } from '../cli/shared/verb.ts';
import type { Command } from '../core/command/command.ts';
import { findCommand } from '../core/command/command-text.ts';
import { AppError } from '../core/errors.ts';
import { nearest } from '../core/text/nearest.ts';
import { readAdminToken } from './admin-token.ts';
import { createDiagnoses, createManifests } from './chats.ts';
import { type Config, loadConfig } from './config.ts';
import { type App, type AppOptions, createApp } from './create-app.ts';
import { discover } from './discover.ts';
import { openOffline } from './offline.ts';
import { createWatchedLog } from './terminal/create-log.ts';
import { createTerminal, ofProcess, type Streams, type Terminal } from './terminal/create-terminal.ts';
import { toHelp, toVerbHelp } from './terminal/help.ts';
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

/** The commands of the chat, which are verbs here as well. */
const COMMANDS = join(import.meta.dirname, '../commands');

/** How long a stop may take, in milliseconds, before the process is killed. */
const STOP_WITHIN = 10_000;
/** Milliseconds for which deliveries are still taken after a signal to stop. */
const GRACE = 1_500;

/** Runs `bellhop <verb>`, and gives back the exit code: 0 when it did what was asked, 1 when it could not, 2 when it was not understood. */
export async function runCli({ words, environment, verbs: folder, streams = ofProcess }: CommandLine): Promise<number> {
  const terminal = createTerminal(streams);
  const { print, complain } = terminal;
  if (words[0] === '--version' || words[0] === '-v') {
    print(await readVersion());
    return 0;
  }
  const verbs = await discover<Verb>(folder);
  const vocabulary = async (): Promise<Vocabulary> => ({ verbs, commands: await discover<Command>(COMMANDS) });
  const [name = 'serve', ...rest] = words[0]?.startsWith('-') ? ['serve', ...words] : words;
  const asksForHelp = name === 'help' || words.includes('--help') || words.includes('-h');
  const about = name === 'help' ? rest[0] : words[0] && !words[0].startsWith('-') ? words[0] : undefined;
  try {
    if (asksForHelp && about === undefined) {
      print(toHelp(await vocabulary()));
      return 0;
    }
    const { named, verb } = await findVerb(asksForHelp ? (about ?? name) : name, verbs, vocabulary);
    if (asksForHelp) {
      print(toVerbHelp(named, verb));
      return 0;
    }
    const { positionals, values } = parse(verb, named, rest);
    const parts = toParts(() => loadConfig(environment()), {
      ...terminal,
      vocabulary,
      input: streams.input ?? ofProcess.input,
    });
    return (await verb.run({ positionals, values }, parts)) ?? 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    complain(error.message);
    return error.status === 400 ? 2 : 1;
  }
}

/** The verb of a name: one of the command line's own, or a command of the chat. Throws `AppError` with the nearest when there is none. */
async function findVerb(name: string, verbs: Vocabulary['verbs'], vocabulary: () => Promise<Vocabulary>) {
  const own = verbs.get(name);
  if (own) return { named: name, verb: own };
  const { commands } = await vocabulary();
  const known = [...verbs.keys(), ...[...commands].flatMap(([each, { aliases = [] }]) => [each, ...aliases])];
  if (!known.includes(name)) {
    const near = nearest(name, known);
    throw new AppError(
      400,
      'unknown_verb',
      `\`${name}\` is not a verb of bellhop.${near ? ` Did you mean \`${near}\`?` : ''} \`bellhop help\` lists them.`,
    );
  }
  const found = findCommand(name, commands);
  return { named: found.name, verb: toCommandVerb(found.name, found.command) };
}

function parse({ options = {}, usage, anyWords }: Verb, name: string, words: readonly string[]) {
  const args = [...words];
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const unknown = tokens.find((token) => token.kind === 'option' && !Object.hasOwn(options, token.name));
  const extra = anyWords ? undefined : tokens.filter(({ kind }) => kind === 'positional')[wordsOf(usage)];
  try {
    if (unknown?.kind === 'option') throw new Error(`\`${unknown.rawName}\` is not an option of \`${name}\`.`);
    if (extra?.kind === 'positional') throw new Error(`\`${extra.value}\` is one word too many.`);
    return parseArgs({ args, options, allowPositionals: true }) as {
      positionals: string[];
      values: Record<string, Value>;
    };
  } catch (cause) {
    const call = `bellhop ${name} ${usage}`.trim();
    throw new AppError(400, 'bad_arguments', `${(cause as Error).message}\nUsage: ${call}`, { cause });
  }
}

/** How many words a verb takes besides its options. */
function wordsOf(usage: string): number {
  return usage
    .replace(/\[--[^\]]*\]/g, '')
    .split(' ')
    .filter(Boolean).length;
}

function toParts(readConfig: () => Config, terminal: Terminal & Pick<VerbParts, 'vocabulary' | 'input'>): VerbParts {
  const config = readConfig();
  return {
    print: terminal.print,
    show: terminal.show,
    showMessage: terminal.showMessage,
    vocabulary: terminal.vocabulary,
    input: terminal.input,
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
    settings: {
      async export(file) {
        const { exportSettings } = await import('./settings/move-settings.ts');
        return { endpoints: (await exportSettings(config, file)).endpoints.length };
      },
      async import(file, options) {
        const { importSettings } = await import('./settings/move-settings.ts');
        return { endpoints: (await importSettings(config, file, options)).endpoints.length };
      },
    },
    async move(request) {
      const { moveJournal } = await import('./moving/move-journal.ts');
      return moveJournal(config, request);
    },
    async checkDatabase() {
      if (config.DATABASE_URL === undefined) return undefined;
      const { checkDatabase } = await import('../stores/journal/postgres/check-database.ts');
      return checkDatabase(config.DATABASE_URL);
    },
    diagnoses: createDiagnoses(config),
    manifests: createManifests(),
    async serve() {
      const app = await createApp({ config, readConfig, print: terminal.print, ...logOf(config, terminal) });
      await app.start();
      return { stopped: untilToldToStop(app) };
    },
  };
}

/** A log for people, with a line for each event, where one watches; else the one for programs. */
function logOf({ LOG_FORMAT: format, LOG_LEVEL: level }: Config, { isWatched, warn }: Terminal): Partial<AppOptions> {
  if (!(format === undefined ? isWatched : format === 'text')) return {};
  const log = createWatchedLog(level, warn);
  return { log, ...(log.isLevelEnabled('info') && { report: warn }) };
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
    publicUrl: config.PUBLIC_URL,
    adminToken: async () => config.ADMIN_TOKEN ?? readAdminToken(config.DATA_DIR),
  };
}
