import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { startSimulatedAws } from '../../lib/local/aws/server';
import { emptyBill } from '../support/bill';
import { eventually } from '../support/eventually';
import { stopAfterEach } from '../support/stop';
import { temporaryFolder } from '../support/temporary-folder';
import { startServeProcess } from './process';

test.each([
  ['CommonJS', 'one.cjs', (code: string) => `exports.own = ${code}`],
  ['an ES module', 'two.mjs', (code: string) => `export default ${code}`],
])('--collector runs a collector of %s, with settings that name no sink', async (_, name, moduleOf) => {
  const folder = await temporaryFolder();
  const file = path.join(folder, name);
  const fill = `async (registry) => { const { Gauge } = (await import(${JSON.stringify(require.resolve('prom-client'))})).default;
    new Gauge({ name: 'own_value', help: 'A test.', registers: [registry] }).set(7); }`;
  writeFileSync(file, moduleOf(`{ name: 'own', collect: () => [{ fill: ${fill} }] };`));
  const settings = path.join(folder, 'settings.json');
  writeFileSync(settings, '{}');
  const callers = [{ accessKeyId: 'AKIASERVE', name: 'serve', actions: ['sts:GetCallerIdentity'] }];
  const aws = await stopAfterEach(startSimulatedAws({ bill: emptyBill(), callers }));
  const { url } = await stopAfterEach(
    startServeProcess({
      args: [
        ...['--settings', settings, '--data-dir', path.join(folder, `${name}-data`)],
        ...['--collector', file, '--no-catalog'],
      ],
      env: {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIASERVE',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_ENDPOINT_URL: aws.url,
      },
    }),
  );
  await eventually(async () =>
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'own_value{job="own",instance="",account_id="111122223333"} 7\n',
    ),
  );
});

test('--collector with a file that is no module is a user error', async () => {
  const started = startServeProcess({ args: ['--collector', '/nonexistent/missing.js'] });
  await expect(started).rejects.toThrow(
    /ended with 1: --collector .*missing\.js: expected a module that can be imported, got: Cannot find module/,
  );
});
