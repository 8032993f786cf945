#!/usr/bin/env -S node --max-semi-space-size=8 --v8-pool-size=1 --expose-gc
// Plain JavaScript, and small. An old Node must be able to read it, to print what to do: nothing here may be newer than
// modules themselves. What is compiled and stripped of its types once is kept for the next start, but only from here on. A
// young generation of this size keeps pauses and memory low without costing throughput, one helper of V8 is as good as four
// for it, and with the collector at hand what only starting needed is given back.

const NEEDED = { major: 24, minor: 12 };

start().catch((error) => {
  if (!isMissingLibrary(error)) throw error;
  complain('Bellhop’s libraries are not installed, or not all of them. Type `npm ci`, then the same again.');
});

async function start() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor);
  if (isOld) return complain(await toAdvice(`${major}.${minor}`));
  const [{ enableCompileCache }, { setFlagsFromString }] = await Promise.all([
    import('node:module'),
    import('node:v8'),
  ]);
  // The old generation may grow to three times what lives in it, else a rush of deliveries would have it collected every second.
  // Said here, because Node refuses to start with a flag that some later V8 does not know.
  setFlagsFromString('--heap-growing-percent=200');
  enableCompileCache();
  await import('./main.ts');
}

/** @param {string} version */
async function toAdvice(version) {
  const { existsSync } = await import('node:fs');
  const isThere = existsSync(new URL('../node_modules/node/bin/node', import.meta.url));
  const advice = isThere ? '`npm start` and `npx bellhop` use the one that `npm ci` brought.' : '`npm ci` brings it.';
  // Of Node 24 only its first releases are too old, so there the whole number has to be said.
  const needed = version.startsWith(`${NEEDED.major}.`) ? `${NEEDED.major}.${NEEDED.minor}` : NEEDED.major;
  return `Bellhop needs Node ${needed}; this is ${version}. ${advice}`;
}

/** @param {unknown} error */
function isMissingLibrary(error) {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.startsWith('Cannot find package')
  );
}

/** @param {string} sentence */
function complain(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
