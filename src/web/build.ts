// Run when Bellhop is installed. The page needs libraries that nothing else needs, so an installation for production lacks
// them: it keeps a page that was brought along, and else has one built aside.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildAside } from './build-aside.ts';

const { dirname: folder } = import.meta;
const vite = await loadVite();
if (vite) {
  await vite.build({ configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' });
  console.log('The page is built.');
} else if (existsSync(join(folder, 'dist/index.html'))) {
  console.log('The page is built already.');
} else {
  await buildAside(join(folder, '../..'));
}

/** Nothing in an installation without development dependencies. */
async function loadVite(): Promise<typeof import('vite') | undefined> {
  try {
    return await import('vite');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
