import { mkdirSync } from 'node:fs';
import { terminalTable } from '../../lib/terminal-table';
import { bundleSizes } from './bundle-sizes';
import { FOLDER } from './bundles';
import { coldStarts } from './cold-starts';
import { pushes } from './pushes';

const BENCHES: readonly { readonly title: string; readonly rows: () => Promise<string[][]> }[] = [
  { title: 'Bundle of each handler, kB minified, by package', rows: bundleSizes },
  {
    title:
      'Cold start: median ms of 20 fresh processes, in turn; first call against a simulated AWS and a real Pushgateway',
    rows: coldStarts,
  },
  {
    title:
      'Gauges built, serialised and pushed to a real Pushgateway, beside a plain string loop: median ms of 5, in turn',
    rows: pushes,
  },
];

async function bench(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const { title, rows } of BENCHES) process.stdout.write(`\n${title}\n${terminalTable(await rows())}\n`);
}

bench().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
