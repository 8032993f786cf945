import { defineVerb, type MoveProgress } from './shared/verb.ts';

/** How often a line says how far a table has come, in rows. */
const EVERY = 50_000;

export default defineVerb({
  summary: 'Move the journal from the data folder to PostgreSQL, while Bellhop is stopped',
  usage: '[--to <postgres://…>]',
  examples: ['bellhop migrate --to postgres://bellhop@db.example.com/bellhop'],
  options: { to: { type: 'string' } },
  optionHelp: { to: 'the address of an empty database; DATABASE_URL when left out' },
  async run({ values: { to } }, { move, place, print }) {
    const { tables } = await move({ ...(typeof to === 'string' && { to }), onProgress: toReport(print) });
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    print(
      `The journal is in the database: ${rows.toLocaleString('en')} rows, each compared with the one it came from.`,
    );
    for (const { table, rows: count, sha256 } of tables)
      if (count > 0) print(`  ${table}: ${count.toLocaleString('en')}, SHA-256 ${sha256.slice(0, 16)}…`);
    print('Set DATABASE_URL to its address and start Bellhop. Settings, key and templates stay where they are.');
    print(
      `Nothing reads \`${place.dataFolder}/journal.db\` after that. Keep it until you are sure everything works, then remove it.`,
    );
    return 0;
  },
});

/** Says how far it is, but not at each step. */
function toReport(print: (line: string) => void): (progress: MoveProgress) => void {
  let said = '';
  return ({ what, table, done, total }) => {
    const step = `${what} ${table} ${done === total ? 'all' : Math.floor(done / EVERY)}`;
    if (step === said || (done < EVERY && done < total)) return;
    said = step;
    print(`${what} ${table}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`);
  };
}
