// Run when Bellhop is installed, so that even its first start finds every type stripped and every module compiled: what
// strips them would stay loaded, and takes 15 MB.
import { readdir } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import './keep-compiled.js';

/** The page is built another way, and these two run when they are imported. */
const LEFT_OUT = /^(?:web[\\/]|main\.ts$|compile\.ts$)/;

const source = import.meta.dirname;
for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.name.endsWith('.ts') && !LEFT_OUT.test(relative(source, file))) await import(pathToFileURL(file).href);
}
flushCompileCache();
process.exit();
