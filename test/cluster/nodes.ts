import { aDatabase } from '../doubles/postgres.ts';
import { until } from '../until.ts';
import { aWorld, type World, type WorldOptions } from '../world.ts';

/** Some nodes of one Bellhop, in this process and on a database of their own. The first one leads. */
export async function someNodes(count: number, options: Omit<WorldOptions, 'folder' | 'journal' | 'database'> = {}) {
  const database = await aDatabase();
  const nodes: World[] = [];
  const start = async () => {
    const node = await aWorld({ ...options, database });
    nodes.push(node);
    return node;
  };
  for (let index = 0; index < count; index++) await start();
  const [a, b, c] = nodes;
  if (!a || !b) throw new Error('Less than two nodes are no cluster.');
  return {
    a,
    b,
    c: c ?? b,
    start,
    async [Symbol.asyncDispose]() {
      for (const node of nodes) await node[Symbol.asyncDispose]();
    },
  };
}

export { until };
