import { join } from 'node:path';
import type { Command } from '../core/command/command.ts';
import { inOrder } from '../core/command/in-order.ts';
import type { Providers } from '../core/provider/heads.ts';
import { type Composer, createComposer } from '../render/compose.ts';
import type { Helper } from '../render/template/helper.ts';
import { loadTemplates, type Templates } from '../render/templates.ts';
import type { Chore } from '../schedule/shared/chore.ts';
import { discover } from './discover.ts';
import { discoverProviders } from './discover-providers.ts';

/** Everything that is added by adding a file. */
export interface Catalogue {
  readonly providers: Providers;
  readonly commands: ReadonlyMap<string, Command>;
  readonly chores: ReadonlyMap<string, Chore>;
  readonly helpers: ReadonlyMap<string, Helper>;
  readonly templates: Templates;
  readonly composer: Composer;
}

const SOURCE = join(import.meta.dirname, '..');

type BuiltIn = Pick<Catalogue, 'providers' | 'commands' | 'chores' | 'helpers'>;

/** Found once: Node does not load a module twice, and several of Bellhop may run in one process. */
let builtIn: Promise<BuiltIn> | undefined;

/** Finds providers, commands, chores, helpers and templates in their folders; a person's own templates in a folder of theirs. */
export async function loadCatalogue(ownTemplates?: string): Promise<Catalogue> {
  builtIn ??= findBuiltIn();
  const [found, templates] = await Promise.all([builtIn, loadTemplates(join(SOURCE, '../templates'), ownTemplates)]);
  return { ...found, templates, composer: createComposer({ templates, helpers: found.helpers }) };
}

async function findBuiltIn(): Promise<BuiltIn> {
  const [providers, commands, chores, helpers] = await Promise.all([
    discoverProviders(join(SOURCE, 'providers')),
    discover<Command>(join(SOURCE, 'commands')),
    discover<Chore>(join(SOURCE, 'schedule')),
    discover<Helper>(join(SOURCE, 'render/helpers')),
  ]);
  return { providers, commands: inOrder(commands), chores, helpers };
}
