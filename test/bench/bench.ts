import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { terminalTable } from '../../lib/terminal-table';
import { bundleGoals, packageTable } from './bundle-sizes';
import { FOLDER } from './bundles';
import { coldStartGoals } from './cold-starts';
import { deliveryTable } from './deliveries';
import { goalTable } from './goal';
import { writeTable } from './measured-page';
import { seriesGoals } from './series';

/** Measurements, by the names that the command accepts. Each returns the rows of its table. */
const BENCHES = {
  bundles: async () => goalTable(await bundleGoals()),
  starts: async () => goalTable(await coldStartGoals()),
  series: async () => goalTable(await seriesGoals()),
  deliveries: deliveryTable,
} as const satisfies Readonly<Record<string, () => Promise<string[][]>>>;

const USAGE = `npm run bench [-- [${Object.keys(BENCHES).join('|')}]… [--write]]`;

type Bench = keyof typeof BENCHES;

async function bench(): Promise<void> {
  const { chosen, write } = readArguments();
  mkdirSync(FOLDER, { recursive: true });
  for (const name of chosen) {
    const rows = await BENCHES[name]();
    process.stdout.write(`\n${terminalTable(rows)}\n`);
    if (write) writeTable(name, rows);
  }
  if (chosen.includes('bundles'))
    process.stdout.write(`\nkB by package\n${terminalTable(await packageTable())}\n`);
}

function readArguments(): { chosen: readonly Bench[]; write: boolean } {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const names = Object.keys(BENCHES) as Bench[];
  const unknown = positionals.filter((name) => !names.some((known) => known === name));
  if (unknown.length > 0) throw new Error(`expected ${USAGE}, got ${unknown.join(' ')}`);
  return {
    chosen: names.filter((name) => positionals.length === 0 || positionals.includes(name)),
    write: values.write,
  };
}

bench().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
