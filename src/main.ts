import { existsSync } from 'node:fs';
import { join } from 'node:path';

if (existsSync('.env')) process.loadEnvFile('.env');

const { runCli } = await import('./cli.ts');
process.exitCode = await runCli({
  words: process.argv.slice(2),
  environment: process.env,
  verbs: join(import.meta.dirname, 'cli'),
});
