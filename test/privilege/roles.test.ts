import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { bundle, handlerOf, OURS } from '../bench/bundles';
import { billOf } from '../support/bill';
import { HEADERS_SECRET, runFunction, synthesisedFunctions, withEnvironment } from '../support/functions';
import { type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import { credentialCommands, sendableActions } from './sendable-actions';

const NAMES = Object.keys(COLLECTORS) as CollectorName[];

/** What every function sends besides what its catalog row says. */
const OF_EVERY_FUNCTION = ['secretsmanager:GetSecretValue'];

/** What Lambda itself does with the role: writes the log, and hands failed events to the queue. No code of ours. */
const OF_LAMBDA = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:SendMessage',
];

/** In every bundle, and never sent in Lambda: its keys come from the environment, where the SDK looks first. */
const OF_CREDENTIAL_PROVIDERS = [
  'signin:CreateOAuth2Token',
  'signin:CreateOAuth2TokenWithIAM',
  'sso-oidc:CreateToken',
  'sso:GetRoleCredentials',
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
];

let functions: Record<CollectorName, DeployedFunction>;
let remove = () => {};
let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await startRecordingGateway();
  const pushgateway = { url: gateway.url, headersSecretArn: HEADERS_SECRET };
  ({ functions, remove } = await synthesisedFunctions({ pushgateway }));
});
afterAll(async () => {
  remove();
  await gateway.stop();
});

describe.each(NAMES)('%s', (collector) => {
  const sendable = [...COLLECTORS[collector].actions, ...OF_EVERY_FUNCTION].sort();

  test('its bundle can send exactly the commands of its catalog row and of the platform', async () => {
    const { metafile } = await bundle(`privilege-${collector}`, {
      ...OURS,
      entryPoints: [handlerOf(collector)],
    });
    expect(sendableActions(metafile)).toEqual(sendable);
    expect(credentialCommands(metafile)).toEqual(OF_CREDENTIAL_PROVIDERS);
  });

  test('the bundle that was looked at is the one that is deployed', async () => {
    const { file } = await bundle(`privilege-${collector}`, { ...OURS, entryPoints: [handlerOf(collector)] });
    const deployed = readFileSync(path.join(functions[collector].code, 'index.js'), 'utf8');
    expect(deployed.replace(SOURCE_MAP, '') === readFileSync(file, 'utf8')).toBe(true);
  });

  test('its role allows exactly what the bundle can send and what Lambda does', () => {
    expect([...functions[collector].actions].sort()).toEqual([...sendable, ...OF_LAMBDA].sort());
  });

  test('with all of its actions the run succeeds, and sends each of them', async () => {
    const { error, requests } = await run(functions[collector]);
    expect(error).toBeUndefined();
    expect([...new Set(requests.map(({ action }) => action))].sort()).toEqual(sendable);
  });

  test.each(sendable)('without %s the run fails and names it', async (action) => {
    const fn = functions[collector];
    const { error, requests } = await run({ ...fn, actions: fn.actions.filter((one) => one !== action) });
    expect(error?.errorMessage).toContain(`is not authorized to perform: ${action} on resource: *`);
    const refused = requests.filter(({ status }) => status !== 200);
    expect([...new Set(refused.map((request) => request.action))]).toEqual([action]);
  });
});

const SOURCE_MAP = /\/\/# sourceMappingURL=.*\n$/;

/** A bill with cost, users and tagged resources, so that every question is asked. */
function run(fn: DeployedFunction) {
  return runFunction(withEnvironment(fn, { TOLLGATE_PUSHGATEWAY_URL: gateway.url }), {
    bill: billOf(),
    secrets: { [HEADERS_SECRET]: '{"Authorization":"Bearer token"}' },
  });
}
