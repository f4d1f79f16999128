import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { type Checkout, checkout } from '../support/checkout';
import { stopAfterAll } from '../support/stop';

let copy: Checkout;
beforeAll(async () => {
  copy = await stopAfterAll(checkout());
});

test('a metric that is renamed in the catalog breaks the build at every panel, alert and report that uses it', async () => {
  const catalog = path.join(copy.folder, 'lambdas/catalog/metrics.ts');
  const text = readFileSync(catalog, 'utf8');
  writeFileSync(
    catalog,
    text.replace('  aws_service_day_billed_cost_usd: {', '  aws_service_daily_cost_usd: {'),
  );
  const { status, output } = await copy.run('tsc', []);
  const files = [...output.matchAll(/^((?:lib|lambdas)\/[\w/.-]+)\(\d+,/gm)].map(([, file = '']) => file);
  expect(status).not.toBe(0);
  expect([...new Set(files)].sort()).toEqual(usersOf('aws_service_day_billed_cost_usd'));
});

/** Returns every file that names the metric, except the catalog. */
function usersOf(metric: string): string[] {
  return ['lib', 'lambdas']
    .flatMap((folder) =>
      readdirSync(path.join(copy.folder, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.posix.join(folder, file),
      ),
    )
    .filter((file) => file.endsWith('.ts') && file !== 'lambdas/catalog/metrics.ts')
    .filter((file) => readFileSync(path.join(copy.folder, file), 'utf8').includes(metric))
    .sort();
}
