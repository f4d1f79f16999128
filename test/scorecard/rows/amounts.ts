import { readSettings } from '../../../lib/config';
import type { AwsFault } from '../../../lib/local/aws/server';
import { billOf, ownedBy, smallBill, windowTotal } from '../bills';
import { healthOf, named, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene, type Scene } from '../scene';

/** Amounts that must not become a number, with the text that the error must show. */
const UNREADABLE: readonly (readonly [name: string, amount: string, unit?: string])[] = [
  ['empty', ''],
  ['N/A', 'N/A'],
  ['NaN', 'NaN'],
  ['1e309', '1e309'],
  ['in euros', '1.5', 'EUR'],
];

/** Unusual amounts that are valid and must add up. */
const READABLE: readonly (readonly [name: string, amount: string])[] = [
  ['negative', '-12.5'],
  ['with 23 digits', '1234567.8901234567890123'],
  ['with an exponent', '1.5e-7'],
];

export const AMOUNT_ROWS: readonly Row[] = [
  ...UNREADABLE.map(([name, amount, unit]) => unreadableRow(name, amount, unit)),
  ...READABLE.map(([name, amount]) => readableRow(name, amount)),
  {
    row: 'parts add up to the total',
    injected: 'credits, refunds, tax, no owner, no Region',
    expected: 'each Region within 0.01 of the bill, gaps 0',
    run: () => inScene(partsAddUp),
  },
];

function unreadableRow(name: string, amount: string, unit?: string): Row {
  return {
    row: `amount: ${name}`,
    injected: `UnblendedCost "${amount}" ${unit ?? 'USD'}`,
    expected: 'bad_amount, amount quoted, nothing pushed',
    run: () =>
      inScene(async (scene) => {
        const faults: AwsFault[] = [{ action: 'ce:GetCostAndUsage', kind: 'amount', amount, unit }];
        const ran = await scene.run('user-costs', { faults });
        const contents = await scene.contents();
        expect(healthOf(contents, 'user-costs').failures).toContain('user_costs bad_amount');
        expect(ran.error?.errorMessage).toContain(`got "${amount}"`);
        expect(named(contents, 'aws_user_billed_cost_usd')).toEqual([]);
        return `${healthOf(contents, 'user-costs').failures.join(', ')}; 0 user costs`;
      }),
  };
}

function readableRow(name: string, usd: string): Row {
  return {
    row: `amount: ${name}`,
    injected: `UnblendedCost "${usd}" USD`,
    expected: 'pushed, sum exact to 1e-6',
    run: () =>
      inScene(async (scene) => {
        const bill = billOf([
          { ...ownedBy('ana'), usd },
          { ...ownedBy('ben'), usd: '20' },
        ]);
        expect((await scene.run('user-costs', { bill })).error).toBeUndefined();
        const sum = sumOf(await scene.contents(), 'aws_user_billed_cost_usd');
        expect(Math.abs(sum - windowTotal(bill).toNumber())).toBeLessThanOrEqual(1e-6);
        return `sum ${sum}`;
      }),
  };
}

const { costDays, resourceDays } = readSettings({
  sinks: [{ type: 'pushgateway', url: 'http://127.0.0.1' }],
});
const WINDOWS = { aws_user_billed_cost_usd: costDays, aws_user_resource_billed_cost_usd: resourceDays };

async function partsAddUp(scene: Scene): Promise<string> {
  const bill = smallBill({ users: 20, regions: 4, resourcesPerUser: 5, seed: 3 });
  expect((await scene.run('user-costs', { bill })).error).toBeUndefined();
  const contents = await scene.contents();
  const regions = [...new Set(bill.charges.map(({ region }) => region))];
  for (const region of regions) {
    for (const [metric, days] of Object.entries(WINDOWS)) {
      const billed = windowTotal(bill, { region, days }).toNumber();
      expect(Math.abs(sumOf(contents, metric, { region }) - billed)).toBeLessThanOrEqual(0.01);
    }
  }
  const gaps = named(contents, 'tollgate_breakdown_gap_usd').map(({ value }) => value);
  expect(gaps).toEqual(gaps.map(() => 0));
  return `${windowTotal(bill).toFixed(2)} USD in ${regions.length} Regions, ${gaps.length} gaps of 0`;
}
