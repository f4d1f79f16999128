import { LEDGER_ACTIONS } from '../../lambdas/catalog/ledger';
import { sendableActions } from '../privilege/sendable-actions';
import { emptyBill } from '../support/bill';
import { HEADERS_SECRET } from '../support/deployment';
import { bundledFunction, runFunction, type SomeSettings, variablesOf } from '../support/functions';
import { bundleBytes, COLLECTOR_NAMES, remoteWriteGoal } from './bundle-sizes';
import { bundle, deployedOptions, EVERY_FEATURE, handlerOf, NO_FEATURES } from './bundles';
import { readTable } from './measured-page';

/** Growth in kB that is allowed without a change of the table, such as that of a longer message. */
const SLACK = 1.01;

test.each(COLLECTOR_NAMES)(
  'the bundle of %s is no larger than in the table of docs/decisions/bundles.md',
  async (name) => {
    const committed = readTable('bundles').find(([what]) => what === `bundle of ${name}`)?.[1];
    const kB = Math.round((await bundleBytes(name)) / 100) / 10;
    if (committed && kB <= Number.parseFloat(committed) * SLACK) return;
    throw new Error(
      `bundle of ${name}: expected at most ${committed}, got ${kB.toFixed(1)} kB; if the growth is worth it, run: npm run bench -- bundles --write`,
    );
  },
);

test('remote write adds no more to a bundle than its goal', async () => {
  const { value, goal } = await remoteWriteGoal();
  expect(value).toBeLessThanOrEqual(goal);
});

describe('a feature that the settings do not need', () => {
  const platform = {
    members: 'sts:AssumeRole',
    remoteWrite: 'aps:RemoteWrite',
    secrets: 'secretsmanager:GetSecretValue',
  };

  test.each([
    ['nothing', NO_FEATURES, []],
    ['the ledger', { ...NO_FEATURES, ledger: true }, LEDGER_ACTIONS],
    ['members', { ...NO_FEATURES, members: true }, [platform.members]],
    ['secrets', { ...NO_FEATURES, secrets: true }, [platform.secrets]],
    ['remote write', { ...NO_FEATURES, remoteWrite: true }, [platform.remoteWrite]],
    ['everything', EVERY_FEATURE, [...LEDGER_ACTIONS, ...Object.values(platform)]],
  ])('is not in the bundle, without settings that need it: %s', async (what, features, actions) => {
    const options = { ...deployedOptions(features), entryPoints: [handlerOf('iam-users')] };
    const { metafile } = await bundle(`features-${what}`, options);
    expect(sendableActions(metafile)).toEqual([...actions, 'iam:ListUsers'].sort());
    const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
    for (const [part, isIn] of Object.entries({
      'metrics/xc3': features.xc3,
      'node_modules/https-proxy-agent': features.proxy,
      'aws/tls-secret': features.tls,
    }))
      expect([part, files.some((file) => file.includes(part))]).toEqual([part, isIn]);
  });

  test.each<[string, SomeSettings]>([
    [
      'members',
      { members: [{ accountId: '999900001111', roleArn: 'arn:aws:iam::999900001111:role/tollgate' }] },
    ],
    [
      'secrets',
      { sinks: [{ type: 'pushgateway', url: 'http://127.0.0.1:9', headersSecretArn: HEADERS_SECRET }] },
    ],
    [
      'certificates',
      { sinks: [{ type: 'pushgateway', url: 'https://127.0.0.1:9', tlsSecretArn: HEADERS_SECRET }] },
    ],
    [
      'proxies',
      { sinks: [{ type: 'pushgateway', url: 'https://127.0.0.1:9', proxyUrl: 'http://127.0.0.1:9' }] },
    ],
    ['the profile xc3', { metricProfile: 'xc3' }],
    ['remote write', { sinks: [{ type: 'remote-write', url: 'http://127.0.0.1:9' }] }],
    ['the ledger', {}],
  ])('is named in the error if the environment needs it all the same: %s', async (feature, settings) => {
    const features = { ...NO_FEATURES, ledger: feature !== 'the ledger' };
    const environment = variablesOf('iam-users', { sinks: [{ type: 'stdout' }], ...settings });
    const fn = await bundledFunction('iam-users', { environment, features });
    const { error } = await runFunction(fn, { bill: emptyBill() });
    expect(error?.errorMessage).toContain(
      `this function was bundled without ${feature}: expected the settings it was deployed with, got others; deploy again`,
    );
  });
});
