import type { HelperDescription, PayloadPath } from '../../../core/command/desks/template-desk.ts';
import type { TemplateWords } from '../../api/template-shapes.ts';
import { findSpot, type OpenBlock, type Spot } from './find-spot.ts';

/** What can be written at a place, and one line about it. */
export interface Offer {
  readonly label: string;
  readonly kind: 'helper' | 'path' | 'named' | 'word' | 'block' | 'partial' | 'variable';
  readonly detail?: string;
  /** What to know besides: an example, in a template's words. */
  readonly example?: string;
}

export interface Offers {
  readonly from: number;
  readonly typed: string;
  readonly offers: readonly Offer[];
}

/** The parts of the variable that says what Bellhop knows of any event. */
const ABOUT = ['title', 'url', 'source', 'actor', 'subject', 'state', 'severity', 'occurredAt', 'labels'];
const BLOCKS: Readonly<Record<string, string>> = {
  if: 'What follows only if a value is there and not empty',
  unless: 'What follows only if a value is missing or empty',
  each: 'What follows once for every item of a list',
  with: 'What follows with the names of another part of the payload',
};

/** Everything that can be written at a place of a template. */
export function offersAt(text: string, at: number, words: TemplateWords): Offers | undefined {
  const spot = findSpot(text, at);
  if (!spot) return undefined;
  const offers = offersFor(spot, words);
  return offers.length > 0 ? { from: spot.from, typed: spot.typed, offers } : undefined;
}

/** The helper that is written at a place, or whose values are. */
export function helperAt(text: string, at: number, { helpers }: TemplateWords): HelperDescription | undefined {
  const [rest = ''] = /^[\w$.-]*/.exec(text.slice(at, at + 200)) ?? [];
  const spot = findSpot(text, at + rest.length) ?? findSpot(text, at);
  const name = spot?.kind === 'name' ? spot.typed : spot?.helper;
  return helpers.find((helper) => helper.name === name) ?? helpers.find((helper) => helper.name === spot?.helper);
}

function offersFor(spot: Spot, words: TemplateWords): readonly Offer[] {
  switch (spot.kind) {
    case 'block':
      return words.blocks.map((label) => withDetail({ label, kind: 'block' }, BLOCKS[label]));
    case 'close': {
      const label = spot.open.at(-1)?.name;
      return label ? [{ label, kind: 'block', detail: 'Ends what it begins' }] : [];
    }
    case 'partial':
      return words.partials.map((label) => ({ label, kind: 'partial' }));
    case 'text':
      return wordsFor(spot, words).map((label) => ({ label, kind: 'word' }));
    case 'name':
      return [...words.helpers.map(toHelperOffer), ...pathsFor(spot, words)];
    case 'value':
      return [...valueOffers(spot, words), ...pathsFor(spot, words)];
  }
}

function toHelperOffer({ name, summary, example }: HelperDescription): Offer {
  return { label: name, kind: 'helper', detail: summary, example };
}

/** The words that are known for a text in quotes. */
function wordsFor({ helper, position, named }: Spot, { helpers }: TemplateWords): readonly string[] {
  const found = helpers.find(({ name }) => name === helper);
  if (named !== undefined) return found?.named.find(({ name }) => name === named)?.words ?? [];
  return found?.words[position] ?? [];
}

function valueOffers(spot: Spot, words: TemplateWords): readonly Offer[] {
  const { helper, named, given } = spot;
  const known = words.helpers.find(({ name }) => name === helper)?.named ?? [];
  const quoted = wordsFor(spot, words).map((word): Offer => ({ label: `"${word}"`, kind: 'word' }));
  if (named !== undefined) {
    const isFlag = known.some(({ name, kind }) => name === named && kind === 'flag');
    return [...quoted, ...(isFlag ? ['true', 'false'].map((label): Offer => ({ label, kind: 'word' })) : [])];
  }
  const names = known
    .filter(({ name }) => !given.includes(name))
    .map(({ name, kind, words: choices }): Offer => {
      const detail = choices.length > 0 ? choices.join(', ') : kind;
      return { label: `${name}=`, kind: 'named', detail };
    });
  return [...quoted, ...names];
}

/** The paths of the payload as they are named at a place: from inside a block, by the names of its item. */
function pathsFor({ typed, open }: Spot, { paths, variables }: TemplateWords): readonly Offer[] {
  const scopes = scopesOf(open, paths);
  const [up = ''] = /^(?:\.\.\/)+/.exec(typed) ?? [];
  if (typed.startsWith('@root.')) return under('', paths).map((path) => toPathOffer(path, '@root.'));
  if (typed.startsWith('@'))
    return [
      ...variables.map((label): Offer => ({ label, kind: 'variable' })),
      ...(variables.includes('@about')
        ? ABOUT.map((part): Offer => ({ label: `@about.${part}`, kind: 'variable' }))
        : []),
    ];
  const { prefix, aliases } = scopes.at(-1 - up.length / 3) ?? scopes[0] ?? TOP;
  const named = up ? [] : [...aliases];
  return [
    ...under(prefix, paths).map((path) => toPathOffer(path, up)),
    ...named.flatMap(([name, inner]): readonly Offer[] => [
      { label: name, kind: 'path' },
      ...under(inner, paths).map((path) => toPathOffer(path, `${name}.`)),
    ]),
    ...(scopes.length > 1 && !up ? [{ label: 'this', kind: 'path' } as const] : []),
    ...variables.map((label): Offer => ({ label, kind: 'variable' })),
  ];
}

interface Scope {
  /** The path of what names are looked up in, unless it is not known. */
  readonly prefix: string | undefined;
  readonly aliases: ReadonlyMap<string, string>;
}

const TOP: Scope = { prefix: '', aliases: new Map() };

/** Where names are looked up inside the blocks around a place, the innermost last. */
function scopesOf(open: readonly OpenBlock[], paths: readonly PayloadPath[]): readonly Scope[] {
  const kinds = new Map(paths.map(({ path, kind }) => [path, kind]));
  const scopes: Scope[] = [TOP];
  for (const { name, path, names } of open) {
    if (name !== 'each' && name !== 'with') continue;
    const before = scopes.at(-1) ?? TOP;
    const found = path === undefined ? undefined : resolve(path, scopes);
    const kind = found === undefined ? undefined : kinds.get(found);
    const item = kind === 'list' ? `${found}.0` : kind === 'object' && name === 'with' ? found : undefined;
    const [alias] = names;
    const aliases = new Map(before.aliases);
    if (alias && item !== undefined) aliases.set(alias, item);
    scopes.push({ prefix: item, aliases });
  }
  return scopes;
}

/** The path from the top of one that is named inside blocks. */
function resolve(path: string, scopes: readonly Scope[]): string | undefined {
  if (path.startsWith('@root.')) return path.slice('@root.'.length);
  const [up = ''] = /^(?:\.\.\/)+/.exec(path) ?? [];
  const { prefix, aliases } = scopes.at(-1 - up.length / 3) ?? TOP;
  const rest = path.slice(up.length).replace(/^(?:this[./]|\.\/)/, '');
  const [first = '', ...others] = rest.split('.');
  const alias = aliases.get(first);
  if (alias !== undefined) return [alias, ...others].join('.');
  if (rest === 'this' || rest === '.') return prefix;
  return prefix === undefined ? undefined : prefix ? `${prefix}.${rest}` : rest;
}

function under(prefix: string | undefined, paths: readonly PayloadPath[]): readonly PayloadPath[] {
  if (prefix === undefined) return [];
  if (prefix === '') return paths;
  const start = `${prefix}.`;
  return paths
    .filter(({ path }) => path.startsWith(start))
    .map((each) => ({ ...each, path: each.path.slice(start.length) }));
}

function toPathOffer({ path, kind, example }: PayloadPath, before: string): Offer {
  const detail = kind === 'value' ? example : kind === 'list' ? 'a list' : 'has parts';
  return withDetail({ label: `${before}${path}`, kind: 'path' }, detail);
}

function withDetail(offer: Offer, detail: string | undefined): Offer {
  return detail ? { ...offer, detail } : offer;
}
