import environment from '../../../.env.example?raw';
import type { HelpPage } from './render-page.ts';

const files = import.meta.glob<HelpPage>(['./*.md', '../../render/README.md'], { eager: true, import: 'default' });

/** The order in which people need them; any other page comes after these. */
const ORDER = [
  'start',
  'slack',
  'discord',
  'chat',
  'commands',
  'senders',
  'templates',
  'helpers',
  'running',
  'several-nodes',
  'environment',
  'settings-file',
  'postgres',
  'backup',
  'metrics',
  'troubleshooting',
  'security',
  'api',
];

export interface NamedPage {
  readonly name: string;
  readonly title: string;
  /** Nothing for a page that is made from what Bellhop says of itself. */
  readonly html?: string;
}

export const pages: readonly NamedPage[] = [
  ...Object.entries(files).map(([path, page]) => {
    const [, name = ''] = /([\w-]+)\.md$/.exec(path) ?? [];
    return name === 'README' ? { ...page, name: 'helpers', title: 'Template helpers' } : { ...page, name };
  }),
  { name: 'environment', title: 'Environment' },
  { name: 'commands', title: 'Commands' },
  { name: 'api', title: 'API' },
].toSorted((a, b) => rank(a.name) - rank(b.name));

function rank(name: string): number {
  const found = ORDER.indexOf(name);
  return found < 0 ? ORDER.length : found;
}

export interface Variable {
  readonly name: string;
  readonly preset: string;
  readonly about: string;
}

/** The variables as `.env.example` explains them: each by the comment above it. */
export const variables: readonly Variable[] = readVariables(environment);

function readVariables(text: string): readonly Variable[] {
  let about: string[] = [];
  const found: Variable[] = [];
  for (const line of text.split('\n')) {
    const [, name, preset = ''] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    // A comment after a variable begins a new explanation; without one, the variable shares that of the one before it.
    if (line.startsWith('#')) about.push(line.slice(1).trim());
    else if (name) {
      const words = about.length > 0 ? about.join(' ') : (found.at(-1)?.about ?? '');
      found.push({ name, preset, about: words });
      about = [];
    } else about = [];
  }
  return found;
}
