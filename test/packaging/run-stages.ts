import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Instruction, readStages } from './dockerfile.ts';

/** Somebody without rights: in the image `node`, here nobody. */
const NOBODY = 65_534;
const ROOT_FOLDERS = /(?<=^|[\s=":,])\/(?=app\b|data\b)/g;

export interface Image {
  /** Where `/` of the last stage is. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly command: readonly string[];
  readonly health: readonly string[];
  /** As whom the last stage runs; nothing where this process may not choose. */
  readonly as: { readonly uid?: number; readonly gid?: number };
}

export interface StageOptions {
  readonly text: string;
  /** The folder that COPY copies from: what `.dockerignore` lets through. */
  readonly context: string;
  readonly scratch: string;
  readonly path: string;
  /** Milliseconds for each command. */
  readonly within: number;
}

/** Runs what a Dockerfile says, each stage in a folder of its own in the place of `/`. Throws where a command fails. */
export function runStages({ text, context, scratch, path, within }: StageOptions): Image {
  const stages = readStages(text);
  const isRoot = process.getuid?.() === 0;
  let image: Image | undefined;
  for (const { name, instructions } of stages) {
    const root = join(scratch, name);
    const here = (words: string) =>
      words.replaceAll(ROOT_FOLDERS, () => `${root}/`).replaceAll('node:node', `${NOBODY}:${NOBODY}`);
    let [folder, user] = [root, false];
    const environment: Record<string, string> = { PATH: path, HOME: join(scratch, 'home') };
    for (const { word, rest } of instructions) {
      if (word === 'WORKDIR') {
        folder = here(rest);
        mkdirSync(folder, { recursive: true });
      }
      if (word === 'ENV')
        Object.assign(
          environment,
          Object.fromEntries(
            here(rest)
              .split(' ')
              .map((pair) => pair.split('=')),
          ),
        );
      if (word === 'USER') user = true;
      if (word === 'COPY') copy(rest, { scratch, context, folder });
      if (word === 'RUN') {
        const as = user && isRoot ? { uid: NOBODY, gid: NOBODY } : {};
        const words = isRoot ? here(rest) : here(rest).replace(/ && chown \S+( \S+)*/, '');
        // Whoever builds has npm's own settings, such as another registry; whoever runs has none.
        const env = user ? environment : { ...process.env, ...environment, HOME: process.env.HOME };
        execFileSync('sh', ['-ec', words], { cwd: folder, env, timeout: within, stdio: 'pipe', ...as });
      }
    }
    const list = (word: string) => toList(instructions, word);
    image = {
      root,
      environment,
      folder,
      command: [...list('ENTRYPOINT'), ...list('CMD')],
      health: list('HEALTHCHECK'),
      as: user && isRoot ? { uid: NOBODY, gid: NOBODY } : {},
    };
  }
  if (!image) throw new Error('The Dockerfile has no stage.');
  return image;
}

function copy(
  rest: string,
  { scratch, context, folder }: Pick<StageOptions, 'scratch' | 'context'> & { folder: string },
) {
  const words = rest.split(' ');
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
  const target = words.pop() ?? '.';
  for (const word of words) {
    const source = from ? join(scratch, from, word) : join(context, word);
    if (!existsSync(source)) throw new Error(`COPY ${rest}: there is no ${source}`);
    const to = target === './' ? join(folder, basename(word)) : join(folder, target);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(source, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** The words of an instruction such as `CMD ["serve"]`. */
function toList(instructions: readonly Instruction[], wanted: string): readonly string[] {
  const found = instructions.findLast(({ word }) => word === wanted)?.rest ?? '[]';
  return JSON.parse(found.slice(found.indexOf('['))) as string[];
}
