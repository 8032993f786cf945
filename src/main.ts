#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What is compiled once is kept, which halves the time to start; so everything else is imported after this.
enableCompileCache();
if (existsSync('.env')) process.loadEnvFile('.env');

const { runCli } = await import('./cli.ts');
process.exitCode = await runCli({
  words: process.argv.slice(2),
  environment: process.env,
  verbs: join(import.meta.dirname, 'cli'),
});
