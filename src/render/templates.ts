import type { Sample, SampleStore } from '../core/provider/sample.ts';
import { templateName } from '../core/settings/template-override.ts';
import { createFolder, type TemplateFolder } from './files/template-folder.ts';
import { isSampleFile, parseSample } from './sample.ts';
import { TemplateProblem } from './template/problem.ts';

/** A template in a file. */
export interface TemplateFile {
  /** Where it stands, such as `templates/github/push.hbs`. */
  readonly name: string;
  readonly source: string;
  /** Whether it came with Bellhop, or is a person's own. */
  readonly kind: 'shipped' | 'own';
}

/** A file that was changed to something that cannot be used: what it was before still counts. */
export interface RefusedFile {
  readonly name: string;
  readonly problem: TemplateProblem;
}

/** Templates and samples in files: a person's own, and those that came with Bellhop. Files are listed at start and read when they are first wanted. */
export interface Templates {
  /** The templates for an event type, the best first: of its type, then its provider's `default`, and of each a person's own before the shipped one. */
  find(provider: string, type: string): readonly TemplateFile[];
  partial(name: string): string | undefined;
  /** The names of all partials. */
  partials(): readonly string[];
  /** The types of a provider that have a template, as their files are named. */
  types(provider: string): readonly string[];
  readonly samples: SampleStore;
  /** Another number whenever a file was changed: what was made of them before is old. */
  readonly generation: number;
  /**
   * Looks whether files came, went or were changed, and takes them up. A file that `check` finds a problem in stays what it
   * was, and is given back the first time.
   */
  refresh(check: (source: string) => TemplateProblem | undefined): Promise<readonly RefusedFile[]>;
}

const PARTIALS = 'partials';
const DEFAULT = 'default';

/**
 * Lists `<provider>/<type>.hbs`, `<provider>/<type>.json` and `partials/<name>.hbs` of the folder that came with Bellhop, and of
 * a person's own, which need not be there. Event types are looked up among the names found here, so no type, however
 * hostile, is ever a path.
 */
export async function loadTemplates(shipped: string, own?: string): Promise<Templates> {
  const folders = await Promise.all([
    ...(own === undefined ? [] : [createFolder({ path: own, label: 'data/templates', watchful: true })]),
    createFolder({ path: shipped, label: 'templates', watchful: false }),
  ]);
  const kinds = new Map<TemplateFolder, TemplateFile['kind']>(
    folders.map((folder, index) => [folder, index === folders.length - 1 ? 'shipped' : 'own']),
  );
  let generation = 0;
  const complained = new Set<string>();
  const samples = new Map<string, ReadonlyMap<string, Sample>>();

  const of = (provider: string, name: string): readonly TemplateFile[] =>
    provider === PARTIALS
      ? []
      : folders.flatMap((folder) => {
          const source = folder.read(provider, `${name}.hbs`);
          const file = `${folder.label}/${provider}/${name}.hbs`;
          return source === undefined ? [] : [{ name: file, source, kind: kinds.get(folder) ?? 'shipped' }];
        });

  const namesOf = (group: string) => [...new Set(folders.flatMap((folder) => folder.names(group, '.hbs')))].toSorted();

  function samplesOf(provider: string): ReadonlyMap<string, Sample> {
    const known = samples.get(provider);
    if (known) return known;
    // The first folder that has a sample of a name has the last word.
    const names = new Set(folders.flatMap((folder) => folder.names(provider, '.json')));
    if (names.size === 0) return new Map();
    const found = new Map(
      [...names].toSorted().flatMap((type) => {
        const text = folders.map((folder) => folder.read(provider, `${type}.json`)).find((each) => each !== undefined);
        // `refresh` says which cannot be read.
        return text === undefined || sampleProblem(text)
          ? []
          : [[type, parseSample(text, { provider, type })] as const];
      }),
    );
    samples.set(provider, found);
    return found;
  }

  /** Folders that cannot be listed, each given back once for as long as that lasts. */
  function unlistedOf({ label, unlisted }: TemplateFolder): readonly RefusedFile[] {
    for (const name of complained)
      if (name.startsWith(`${label}/`) && !unlisted.has(name.slice(label.length + 1))) complained.delete(name);
    return [...unlisted].flatMap(([group, reason]) => {
      const name = `${label}/${group}`;
      if (complained.has(name)) return [];
      complained.add(name);
      return [{ name, problem: new TemplateProblem(`The folder cannot be read: the system says ${reason}.`) }];
    });
  }

  return {
    find(provider, type) {
      const name = templateName(type);
      return [...of(provider, name), ...(name === DEFAULT ? [] : of(provider, DEFAULT))];
    },
    partial: (name) =>
      folders.map((folder) => folder.read(PARTIALS, `${name}.hbs`)).find((source) => source !== undefined),
    partials: () => namesOf(PARTIALS),
    types: (provider) => (provider === PARTIALS ? [] : namesOf(provider)),
    samples: { of: samplesOf },
    get generation() {
      return generation;
    },
    async refresh(check) {
      const refused: RefusedFile[] = [];
      for (const folder of folders) {
        const news = await folder.refresh(({ group, name, source }) => {
          // Partials are taken up first, so what uses a new one is judged with it.
          generation++;
          const problem = name.endsWith('.hbs') ? check(source) : sampleProblem(source);
          if (problem) refused.push({ name: `${folder.label}/${group}/${name}`, problem });
          return problem === undefined;
        });
        refused.push(...unlistedOf(folder));
        if (!news) continue;
        generation++;
        samples.clear();
      }
      return refused;
    },
  };
}

/** Why a text is not the file of a sample; nothing where it is one. */
function sampleProblem(text: string): TemplateProblem | undefined {
  if (isSampleFile(text)) return undefined;
  return new TemplateProblem(
    'It is not a sample: those are JSON with a `payload` or a `body`, and `headers` and `method` if need be.',
  );
}
