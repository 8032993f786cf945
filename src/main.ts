import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

const given = { ...process.env };
if (existsSync('.env')) process.loadEnvFile('.env');

// Whoever reads what we print may stop reading, such as `head`: then nothing is left to do.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });

const { runCli } = await import('./app/run-cli.ts');
process.exitCode = await runCli({
  words: process.argv.slice(2),
  // `.env` may have been edited since the start. As in the beginning, what was set outside of it counts first.
  environment: () => ({ ...(existsSync('.env') && parseEnv(readFileSync('.env', 'utf8'))), ...given }),
  verbs: join(import.meta.dirname, 'cli'),
});
