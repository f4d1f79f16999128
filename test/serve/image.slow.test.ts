import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startSimulatedAws } from '../../lib/local/aws/server';
import { EVERYTHING } from '../local/aws/simulation';
import { billOf } from '../support/bill';
import { eventually } from '../support/eventually';
import { stopAfterEach } from '../support/stop';
import { startServeProcess } from './process';

const ROOT = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isReady = (url: string) =>
  eventually(async () => expect(await (await fetch(`${url}/-/ready`)).text()).toBe('ready\n'));

test('the bundle of the image serves the demo outside of the sources', async () => {
  execFileSync('npm', ['run', '-s', 'bundle:serve'], { cwd: ROOT });
  const command = [path.join(ROOT, '.cache', 'serve', 'serve.cjs')];
  const serving = await stopAfterEach(startServeProcess({ command, args: ['--demo'], cwd: folder }));
  await isReady(serving.url);
  expect(serving.errors()).toContain(
    `the demo bill is at ${serving.url}/metrics; Prometheus scrapes it with:`,
  );
  expect(await (await fetch(`${serving.url}/metrics`)).text()).toMatch(/^aws_user_billed_cost_usd\{/m);
  expect(await serving.end('SIGTERM')).toBe(0);
});

test.each(['serve-node-http', 'serve-express', 'serve-fastify'])(
  'the example %s serves metrics',
  async (name) => {
    const callers = [{ accessKeyId: 'AKIASERVE', name: 'serve', actions: EVERYTHING }];
    const asOf = new Date(new Date().toISOString().slice(0, 10));
    const aws = await stopAfterEach(
      startSimulatedAws({ bill: billOf({ asOf, months: 13, days: 33 }), callers }),
    );
    const tsx = pathToFileURL(require.resolve('tsx')).href;
    const example = await stopAfterEach(
      startServeProcess({
        command: ['--import', tsx, path.join(ROOT, 'examples', `${name}.ts`)],
        cwd: mkdtempSync(path.join(folder, 'data-')),
        env: {
          AWS_REGION: 'eu-west-1',
          AWS_ACCESS_KEY_ID: 'AKIASERVE',
          AWS_SECRET_ACCESS_KEY: 'x',
          AWS_ENDPOINT_URL: aws.url,
        },
      }),
    );
    await isReady(example.url);
    expect(await (await fetch(`${example.url}/own`)).text()).toBe('your own page');
    expect(await (await fetch(`${example.url}/metrics`)).text()).toMatch(/^aws_service_billed_cost_usd\{/m);
    expect((await fetch(`${example.url}/metrics`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${example.url}/missing`)).status).toBe(404);
  },
);
