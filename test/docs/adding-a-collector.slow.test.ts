import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { readSchedules } from '../../lib/local/cloud-assembly';
import { cdkContext } from '../../lib/local/synthesise';
import { emptyBill } from '../support/bill';
import { checkout } from '../support/checkout';
import { runFunction } from '../support/functions';
import { actionIn } from '../support/permissions';
import { startRecordingGateway } from '../support/recording-gateway';
import { stopAfterAll } from '../support/stop';
import { commandsOf, follow } from './steps';

const PAGE = readFileSync(path.join(__dirname, '..', '..', 'docs', 'adding-a-collector.md'), 'utf8');

const copy = checkout();
void stopAfterAll(copy);
const { folder, run } = copy;
const steps = follow(PAGE, folder);

test('three files, two rows of the catalog and one of the exporter', () => {
  expect(steps.map(({ file, table }) => [file, table])).toEqual([
    ['lambdas/catalog/collectors.ts', 'COLLECTORS'],
    ['lambdas/catalog/metrics.ts', 'METRICS'],
    ['lambdas/collectors/regions/source.ts', undefined],
    ['lambdas/collectors/regions/collector.ts', undefined],
    ['lambdas/collectors/regions/handler.ts', undefined],
    ['lib/serve/handlers.ts', 'HANDLERS'],
  ]);
});

test.concurrent('the copy type-checks, tests included', async () => {
  expect(await run('tsc', [])).toEqual({ status: 0, output: '' });
});

test.concurrent('every file is formatted and lint finds nothing', async () => {
  const { status, output } = await run('biome', ['ci', '--colors=off', ...steps.map(({ file }) => file)]);
  expect({ status, findings: output.match(/━━━/) && output }).toEqual({ status: 0, findings: null });
});

test.concurrent('generate writes the job, its metric and the collector into docs/metrics.md', async () => {
  expect((await run('npm', ['run', '-s', 'generate'])).status).toBe(0);
  const page = readFileSync(path.join(folder, 'docs', 'metrics.md'), 'utf8');
  expect(page).toContain(`### \`Regions\`

Which Regions are switched on in an account.

One group for each account. Grouping key: \`account_id\`.

| metric | type | labels | meaning |
| --- | --- | --- | --- |
| \`aws_region_enabled\` | gauge | \`account_id\`, \`region\` | A Region that is switched on in the account; always 1. |
`);
  expect(page).toContain(`### \`regions\`

Which Regions are switched on in the account.

|  |  |
| --- | --- |
| IAM actions | \`account:ListRegions\` |
| Cost Explorer queries per run and account | 0 |
| Runs at | 05:00 |
| Jobs | \`Regions\` |
`);
});

test.concurrent('plan prints its price', async () => {
  const { output } = await run('npm', ['run', '-s', 'plan']);
  expect(output.split('\n').filter((line) => line.startsWith('regions'))).toEqual([
    'regions             31            0                 0             0.00    0.00',
  ]);
});

test('the commands are scripts of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    scripts: object;
  };
  const names = commandsOf(PAGE).map((command) => command.replace(/^npm (run )?/, '').replace(/ .*/, ''));
  expect(names).toEqual(['generate', 'plan', 'demo', 'test']);
  expect(names.filter((name) => !(name in scripts))).toEqual([]);
});

test.concurrent('the app has it on a schedule, with its role and what every collector has; run beside AWS it pushes the Regions', async () => {
  const gateway = await startRecordingGateway();
  try {
    const outdir = await synthesised({
      sinks: [{ type: 'pushgateway', url: gateway.url }],
      hours: { regions: [3, 15] },
    });
    expect(resourceTypes(outdir, 'Regions')).toEqual(resourceTypes(outdir, 'IamUsers'));
    const place = { accountId: BILL_ACCOUNT_ID, region: 'eu-west-1' };
    const schedule = readSchedules(outdir, place).find(({ name }) => name.startsWith('Regions'));
    if (!schedule) throw new Error('expected a schedule Regions…, got none');
    const { expression, function: fn } = schedule;
    expect(expression).toBe('cron(0 3,15 * * ? *)');
    const actions = fn.actions.map(actionIn);
    expect(actions.filter((action) => !/^(dynamodb|logs|sqs):/.test(action))).toEqual([
      'account:ListRegions',
    ]);
    const { error, requests } = await runFunction(fn, { bill: emptyBill(), inventoryPageSize: 1 });
    expect(error).toBeUndefined();
    expect(requests.map(({ action, status }) => `${action} ${status}`)).toEqual([
      'dynamodb:Query 200',
      'dynamodb:PutItem 200',
      'account:ListRegions 200',
      'account:ListRegions 200',
      'dynamodb:BatchWriteItem 200',
      'dynamodb:GetItem 200',
      'dynamodb:PutItem 200',
    ]);
    expect([...gateway.groups.keys()]).toEqual([
      '{"job":"Regions","account_id":"111122223333"}',
      '{"job":"tollgate","account_id":"111122223333","collector":"regions"}',
      '{"job":"tollgate_success","account_id":"111122223333","collector":"regions"}',
    ]);
    expect(
      [...gateway.groups.values()][0],
    ).toBe(`# HELP aws_region_enabled A Region that is switched on in the account; always 1.
# TYPE aws_region_enabled gauge
aws_region_enabled{account_id="111122223333",region="eu-west-1"} 1
aws_region_enabled{account_id="111122223333",region="us-east-1"} 1
`);
  } finally {
    await gateway.stop();
  }
});

/** Returns the folder of the cloud assembly that the copy's app synthesises. */
async function synthesised(settings: object): Promise<string> {
  const outdir = path.join(folder, 'cdk.out');
  const { status, output } = await run('tsx', ['bin/tollgate.ts'], {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ ...cdkContext(), tollgate: settings }),
    CDK_VALIDATION: 'false',
  });
  expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  return outdir;
}

function resourceTypes(outdir: string, prefix: string): string[] {
  const [template = ''] = readdirSync(outdir).filter((file) => file.endsWith('.template.json'));
  const { Resources } = JSON.parse(readFileSync(path.join(outdir, template), 'utf8')) as {
    Resources: Record<string, { Type: string }>;
  };
  const own = Object.entries(Resources).filter(([id]) => id.startsWith(prefix));
  return own.map(([, { Type }]) => Type).sort();
}
