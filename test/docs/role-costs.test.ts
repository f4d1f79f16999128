import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { realPrograms } from '../support/real-servers';

const PAGE = readFileSync(path.join(__dirname, '..', '..', 'docs', 'roles.md'), 'utf8');

/** Series and their current values. */
type Series = Readonly<Record<string, number>>;

const place = (region: string, account = '1') => `account_id="${account}",region="${region}"`;
const cost = (at: string, resource: string, owner = 'alice') =>
  `aws_user_resource_billed_cost_usd{job="costs",${at},user_name="${owner}",service="ec2",resource="${resource}"}`;
const runs = (at: string, role: string, resource: string, state = 'running') =>
  `aws_role_resource_info{job="roles",${at},role_name="${role}",service="ec2",resource="${resource}",state="${state}"}`;

const IRELAND = place('eu-west-1');
const FRANKFURT = place('eu-central-1');
const ELSEWHERE = place('eu-west-1', '2');

test.each<[string, Series, Series]>([
  [
    'the cost of a role is the sum of its instances, by account and Region',
    {
      [cost(IRELAND, 'i-1')]: 1.5,
      [cost(IRELAND, 'i-2', 'bob')]: 2,
      [cost(IRELAND, 'i-3')]: 4,
      [cost(FRANKFURT, 'i-4')]: 8,
      [cost(ELSEWHERE, 'i-5')]: 16,
      [runs(IRELAND, 'web', 'i-1')]: 1,
      [runs(IRELAND, 'web', 'i-2', 'stopped')]: 1,
      [runs(IRELAND, 'batch', 'i-3')]: 1,
      [runs(FRANKFURT, 'web', 'i-4')]: 1,
      [runs(ELSEWHERE, 'web', 'i-5')]: 1,
    },
    {
      [`{${IRELAND},role_name="web"}`]: 3.5,
      [`{${IRELAND},role_name="batch"}`]: 4,
      [`{${FRANKFURT},role_name="web"}`]: 8,
      [`{${ELSEWHERE},role_name="web"}`]: 16,
    },
  ],
  [
    'instances without a role or cost, and roles without instances, have no row; aggregated rows are not joined',
    {
      [cost(IRELAND, 'i-1')]: 1.5,
      [cost(IRELAND, 'i-without-role')]: 2,
      [cost(IRELAND, '__other__')]: 4,
      [cost(IRELAND, '__unattributed__')]: 8,
      [runs(IRELAND, 'web', 'i-1')]: 1,
      [runs(IRELAND, 'idle', 'i-without-cost')]: 1,
      [runs(IRELAND, '__other__', '__other__', '')]: 7,
      [runs(place('global'), 'unused', '', '')]: 1,
    },
    { [`{${IRELAND},role_name="web"}`]: 1.5 },
  ],
])('cost by role: %s', async (_, series, expected) => {
  expect(await promtool(series, expected)).toMatch(/SUCCESS/);
});

test('promtool rejects a wrong number', async () => {
  const series = { [cost(IRELAND, 'i-1')]: 1.5, [runs(IRELAND, 'web', 'i-1')]: 1 };
  await expect(promtool(series, { [`{${IRELAND},role_name="web"}`]: 3 })).rejects.toThrow(/FAILED/);
});

/** Evaluates the page's expression in promtool. */
async function promtool(series: Series, expected: Series): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-promql-'));
  const file = path.join(folder, 'test.yml');
  writeFileSync(file, JSON.stringify({ rule_files: [], tests: [unitTest(series, expected)] }));
  try {
    const { promtool: program } = await realPrograms('promtool');
    return (await promisify(execFile)(program, ['test', 'rules', file])).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function unitTest(series: Series, expected: Series): object {
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([name, value]) => ({ series: name, values: String(value) })),
    promql_expr_test: [
      {
        expr: expressionOf('role-costs'),
        eval_time: '0m',
        exp_samples: Object.entries(expected).map(([labels, value]) => ({ labels, value })),
      },
    ],
  };
}

function expressionOf(name: string): string {
  const found = new RegExp(`<!-- promql: ${name} -->\n\`\`\`promql\n([^\`]+)\`\`\``).exec(PAGE)?.[1];
  if (!found) throw new Error(`docs/roles.md: expected a block after <!-- promql: ${name} -->`);
  return found;
}
