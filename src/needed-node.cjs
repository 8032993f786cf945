// Loaded before anything else, also by `npm test` and the like: on a Node that is too old it says what to do, and ends. Any old
// Node must be able to read it, so it is a plain script with nothing newer than that.

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const NEEDED = { major: 24, minor: 12 };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor)) {
  process.stderr.write(`${toAdvice(`${major}.${minor}`)}\n`);
  process.exit(1);
}

/** @param {string} version */
function toAdvice(version) {
  const isThere = existsSync(join(__dirname, '../node_modules/node/bin/node'));
  const advice = isThere
    ? '`npm start`, `npm test` and `npx bellhop` use the one that `npm ci` brought.'
    : '`npm ci` brings it.';
  // Of Node 24 only its first releases are too old, so there the whole number has to be said.
  const needed = version.startsWith(`${NEEDED.major}.`) ? `${NEEDED.major}.${NEEDED.minor}` : NEEDED.major;
  return `Bellhop needs Node ${needed}; this is ${version}. ${advice}`;
}
