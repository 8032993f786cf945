import Handlebars from 'handlebars';
import type { About } from '../../core/event/about.ts';
import { toMarkdown } from '../markdown/safe-markdown.ts';
import { LIMITS, type Limits } from '../values/limits.ts';
import { BLOCKS, entriesOf, isTruthy } from './blocks.ts';
import { CALL, type CheckedTemplate, checkTemplate, PRINT } from './check-template.ts';
import type { Draft } from './draft.ts';
import type { Helper } from './helper.ts';
import { createMeter, type Meter } from './meter.ts';
import { TemplateProblem } from './problem.ts';

/** What templates know besides the payload, as `@type` and so on. */
export interface TemplateData {
  readonly type: string;
  readonly provider: string;
  readonly about: About;
  readonly endpoint: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly verified: boolean;
}

/** Prints a template for a payload as Markdown, and writes its effects into the draft. Throws `TemplateProblem`. */
export type Template = (payload: unknown, data: TemplateData, draft: Draft) => string;

export interface EnvironmentParts {
  readonly helpers: ReadonlyMap<string, Helper>;
  /** Sources of the partials that came with Bellhop, by name. */
  readonly partials: (name: string) => string | undefined;
  readonly limits?: Limits;
}

/** Compiles a template. Throws `TemplateProblem` with line and column for what can be known without a payload. */
export type CompileTemplate = (source: string) => Template;

interface Rendering {
  readonly draft: Draft;
  readonly meter: Meter;
}

/** A Handlebars of its own, in which templates from strangers can do no harm: see `check-template.ts` and `meter.ts`. */
export function createEnvironment({ helpers, partials, limits = LIMITS }: EnvironmentParts): CompileTemplate {
  const handlebars = Handlebars.create();
  for (const name of Object.keys(handlebars.helpers)) handlebars.unregisterHelper(name);
  const partialNames = new Set<string>();
  // Rendering is synchronous, so there is one at a time.
  let rendering: Rendering | undefined;
  const current = (): Rendering => {
    if (!rendering) throw new Error('A helper was called outside of a template.');
    return rendering;
  };

  handlebars.registerHelper(CALL, (name: string, ...all: unknown[]) => {
    const { draft, meter } = current();
    const helper = helpers.get(name);
    if (!helper) throw new Error(`There is no helper \`${name}\`.`);
    const { hash } = all.pop() as Handlebars.HelperOptions; // Handlebars always passes them last.
    const values = all.map(meter.clip);
    const named: Record<string, unknown> = {};
    for (const key of Object.keys(hash)) named[key] = meter.clip(hash[key]);
    const result = meter.call(name, () => helper.run({ values, named, draft, spend: meter.spend }));
    return helper.effect ? '' : result;
  });
  handlebars.registerHelper(PRINT, (value: unknown) => current().meter.print(toMarkdown(value)));
  registerBlocks(handlebars, () => current().meter);

  const knownHelpers = Object.fromEntries([...BLOCKS, CALL, PRINT].map((name) => [name, true]));
  const compileTree = ({ tree }: CheckedTemplate) =>
    handlebars.compile(tree, { noEscape: true, knownHelpers, knownHelpersOnly: true, preventIndent: true });

  const check = (source: string, within: readonly string[]): CheckedTemplate => {
    const checked = checkTemplate(handlebars, source, { helpers, limits });
    const [problem] = checked.problems;
    if (problem) throw problem;
    for (const { name, position } of checked.partials) addPartial(name, within, position);
    return checked;
  };
  const addPartial = (name: string, within: readonly string[], position: { line: number; column: number }) => {
    if (within.includes(name)) throw new TemplateProblem(`The partial \`${name}\` would include itself.`, position);
    if (partialNames.has(name)) return;
    const source = partials(name);
    if (source === undefined) throw new TemplateProblem(`There is no partial \`${name}\`.`, position);
    handlebars.registerPartial(name, compileTree(check(source, [...within, name])));
    partialNames.add(name);
  };

  return (source) => {
    const template = compileTree(check(source, []));
    return (payload, data, draft) => {
      const outer = rendering;
      rendering = { draft, meter: createMeter(limits) };
      try {
        const printed = template(payload, {
          data: { ...data, root: payload },
          allowProtoPropertiesByDefault: false,
          allowProtoMethodsByDefault: false,
        });
        return rendering.meter.finish(printed);
      } catch (error) {
        throw toProblem(error);
      } finally {
        rendering = outer;
      }
    };
  };
}

function registerBlocks(handlebars: typeof Handlebars, meter: () => Meter) {
  handlebars.registerHelper({
    if(this: unknown, value: unknown, { fn, inverse }: Handlebars.HelperOptions) {
      return isTruthy(value) ? fn(this) : inverse(this);
    },
    unless(this: unknown, value: unknown, { fn, inverse }: Handlebars.HelperOptions) {
      return isTruthy(value) ? inverse(this) : fn(this);
    },
    with(this: unknown, value: unknown, { fn, inverse, data }: Handlebars.HelperOptions) {
      return isTruthy(value) ? fn(value, { data, blockParams: [value] }) : inverse(this);
    },
    each(this: unknown, value: unknown, { fn, inverse, data }: Handlebars.HelperOptions) {
      const entries = entriesOf(value, meter().roundsLeft() + 1);
      let printed = '';
      entries.forEach(([key, item], index) => {
        meter().round();
        const frame = Handlebars.createFrame(data);
        Object.assign(frame, { key, index, first: index === 0, last: index === entries.length - 1 });
        printed = meter().grow(printed, fn(item, { data: frame, blockParams: [item, key] }));
      });
      return entries.length ? printed : inverse(this);
    },
  });
}

function toProblem(error: unknown): unknown {
  if (error instanceof TemplateProblem || !(error instanceof Error)) return error;
  return new TemplateProblem(
    `The template cannot be rendered: ${error.message}.`.replace(/\.\.$/, '.'),
    undefined,
    error,
  );
}
