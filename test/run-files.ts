import { describe } from 'node:test';

/** Milliseconds between two looks whether the process has anything left to wait for. */
const LOOK = 5_000;
/** How many looks in a row may find nothing: then a test waits for what will never come. */
const LOOKS = 24;

/** What a process of tests always has: its pipes, and the timer in here. */
const ALWAYS = ['PipeWrap', 'TTYWrap', 'Timeout'];

/**
 * Runs the tests of several files in this process, one file after the other. Where it has nothing to wait for, if only for a
 * moment, Node ends it once the tests of any one file are done, and leaves out the others without a word. So this keeps the
 * process alive until the last test is done, and fails where it ends before.
 */
export async function runFiles(files: readonly string[]): Promise<void> {
  let done = false;
  let looks = 0;
  process.on('exit', () => {
    if (done) return;
    console.error('This process of tests ended before its last test.');
    process.exitCode = 1;
  });
  const awake = setInterval(() => {
    looks = process.getActiveResourcesInfo().filter((name) => !ALWAYS.includes(name)).length === 0 ? looks + 1 : 0;
    if (looks < LOOKS) return;
    console.error('A test waits, and nothing is left that it could wait for.');
    process.exit(1);
  }, LOOK);
  for (const file of files) await import(file);
  // What is registered last runs last. A suite without tests is not counted as a test.
  await describe('the last test is done', () => undefined);
  done = true;
  clearInterval(awake);
}
