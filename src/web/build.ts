import { join } from 'node:path';

const vite = await loadVite();
if (vite) {
  await vite.build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
  console.log('The page is built.');
} else {
  console.log('The page is not built, because vite is not installed: bring `src/web/dist` along.');
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
