#!/usr/bin/env -S node --max-semi-space-size=8 --v8-pool-size=1 --expose-gc
// Plain JavaScript, and small. An old Node must be able to read it, to come to where it says what to do: nothing here may
// be newer than modules themselves. A young generation of this size keeps pauses and memory low without costing throughput,
// one helper of V8 is as good as four for it, and with the collector at hand what only starting needed is given back.

import './needed-node.cjs';

start().catch((error) => {
  if (!isMissingLibrary(error)) throw error;
  complain('Bellhop’s libraries are not installed, or not all of them. Type `npm ci`, then the same again.');
});

async function start() {
  // An old Node cannot load these.
  await import('./keep-compiled.js');
  await import('./main.ts');
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
