import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import type { SettingsInput } from '../../lambdas/catalog/settings';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { billOf } from '../support/bill';
import {
  bundledFunction,
  HEADERS_SECRET,
  removeBundles,
  runFunction,
  settingsWith,
  temporaryFolder,
  variablesOf,
  withEnvironment,
  withSettings,
} from '../support/functions';
import { type Answering, type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import { CANARY, leaks } from './canary';

const SECRET = JSON.stringify({ Authorization: CANARY.authorization });

const functions: Partial<Record<CollectorName | 'throwing', DeployedFunction>> = {};
const folder = temporaryFolder('throwing-');
beforeAll(async () => {
  const pushgateway = { url: 'http://127.0.0.1:9', headersSecretArn: HEADERS_SECRET };
  const environment = variablesOf('iam-users', { pushgateway });
  functions['iam-users'] = await bundledFunction('iam-users', { environment });
  functions['user-costs'] = await bundledFunction('user-costs', {
    environment: variablesOf('user-costs', { pushgateway }),
  });
  functions.throwing = await bundledFunction('iam-users', { environment, entry: throwingEntry() });
});
afterAll(() => {
  removeBundles();
  rmSync(folder, { recursive: true });
});

const gateways: RecordingGateway[] = [];
afterEach(() => Promise.all(gateways.splice(0).map((gateway) => gateway.stop())));

/** What a gateway, or a proxy before it, may do with a request: all of them have the canary in their hands. */
const ANSWERS: Readonly<Record<string, Answering>> = {
  'takes everything': (_, answer) => answer.writeHead(200).end(),
  'answers 401': (_, answer) => answer.writeHead(401).end('Unauthorized'),
  'answers 400': (_, answer) => answer.writeHead(400).end('text format parsing error in line 1'),
  'redirects to what it was told': ({ headers }, answer) =>
    answer.writeHead(302, { location: `/login?was=${headers.authorization}` }).end(),
  'resets the connection': (_, answer) => void answer.destroy(),
  'echoes the request’s headers as JSON': ({ headers }, answer) =>
    answer.writeHead(400).end(JSON.stringify(headers)),
  'echoes the header as it came': ({ headers }, answer) =>
    answer.writeHead(401).end(`bad Authorization: ${headers.authorization}`),
  'echoes the header at the edge of what is shown': ({ headers }, answer) =>
    answer.writeHead(401).end(`${'x'.repeat(175)} ${headers.authorization}`),
  'echoes the header for a URL': ({ headers }, answer) =>
    answer.writeHead(403).end(encodeURIComponent(headers.authorization ?? '')),
  'echoes the credentials without their scheme': (_, answer) => answer.writeHead(401).end(CANARY.basic),
  'echoes the password, decoded': (_, answer) =>
    answer.writeHead(401).end(`no such user or password: Zq7 / ${CANARY.token}`),
  'echoes the header where it deletes': ({ method, headers }, answer) =>
    answer.writeHead(method === 'DELETE' ? 401 : 200).end(headers.authorization),
};

test.each(Object.entries(ANSWERS))('a gateway that %s', async (_, answer) => {
  const { gateway, ...invocation } = await run('user-costs', { answer });
  expect(gateway?.requests[0]?.headers.authorization).toBe(CANARY.authorization);
  expect(leaks(invocation, gateway)).toEqual([]);
});

test('a gateway that is not there', async () => {
  const { error, ...invocation } = await run('user-costs', {
    pushgateway: { url: 'http://127.0.0.1:9', headersSecretArn: HEADERS_SECRET },
  });
  expect(error?.errorMessage).toContain('no answer from the Pushgateway');
  expect(leaks({ ...invocation, error })).toEqual([]);
});

/** Secrets that are no headers, and what is said of them. */
const SECRETS: readonly [string, string][] = [
  ['no JSON', CANARY.token],
  ['JSON that is cut', SECRET.slice(0, -2)],
  ['a JSON text', JSON.stringify(CANARY.token)],
  ['a list', JSON.stringify([CANARY.authorization])],
  ['an object in an object', JSON.stringify({ headers: { Authorization: CANARY.authorization } })],
  ['a number beside a text', JSON.stringify({ Authorization: CANARY.authorization, port: 1 })],
  [
    'a value with a line break, as base64 prints it',
    JSON.stringify({ Authorization: `${CANARY.authorization}\nx` }),
  ],
  ['a value with a line break at its end', JSON.stringify({ Authorization: `${CANARY.authorization}\n` })],
  ['a value that no header can hold', JSON.stringify({ Authorization: `${CANARY.authorization}…` })],
  ['a value with a zero byte', JSON.stringify({ Authorization: `${CANARY.authorization}\0` })],
  ['a name that no header can have', JSON.stringify({ [CANARY.authorization]: 'Authorization' })],
  [
    'a name with a colon, as curl takes it',
    JSON.stringify({ [`Authorization: ${CANARY.authorization}`]: '' }),
  ],
  ['nothing', ''],
];

test.each(SECRETS)('a secret that is %s', async (_, secret) => {
  const { gateway, ...invocation } = await run('user-costs', { secret });
  expect(leaks(invocation, gateway)).toEqual([]);
});

test('a secret that is denied, or not there', async () => {
  const denied = await run('iam-users', { denied: ['secretsmanager:GetSecretValue'] });
  const missing = await run('iam-users', {
    pushgateway: { url: 'http://127.0.0.1:9', headersSecretArn: `${HEADERS_SECRET}x` },
  });
  expect([denied, missing].map(({ error }) => error?.errorType)).toEqual([
    'AccessDeniedException',
    'ResourceNotFoundException',
  ]);
  expect([denied, missing].flatMap((invocation) => leaks(invocation))).toEqual([]);
});

test('parts that are denied, and a collector that throws', async () => {
  const denied = await run('user-costs', { denied: ['ce:GetCostAndUsage'] });
  const throwing = await run('throwing', {});
  expect(denied.error?.errorMessage).toContain('(denied)');
  expect(throwing.error?.errorMessage).toBe(
    'iam-users: incomplete run: collect iam-users: thrown by the collector (other)',
  );
  expect([denied, throwing].flatMap((ran) => leaks(ran, ran.gateway))).toEqual([]);
});

test('a gateway’s URL with a protocol that no sink has', async () => {
  const invocation = await run('iam-users', { pushgateway: { url: 'ftp://127.0.0.1' } });
  expect(invocation.error?.errorMessage).toContain('TOLLGATE_SETTINGS: pushgateway.url: expected');
  expect(leaks(invocation)).toEqual([]);
});

test('a gateway’s URL with credentials is refused: fetch takes none, and the URL stands in messages and the environment', () => {
  const url = `https://ops:${CANARY.token}@pushgateway.example.com`;
  expect(() => settingsWith({ pushgateway: { url } })).toThrow('pushgateway.url');
});

test('everything that Node.js prints when it is asked to debug, whole or refused', async () => {
  const environment = { NODE_DEBUG: 'http,https,net,tls,stream,fetch,undici,module' };
  const whole = await run('iam-users', { debug: environment });
  const refused = await run('iam-users', { debug: environment, answer: ANSWERS['answers 401'] });
  expect(whole.output).toMatch(/UNDICI|HTTP|NET/);
  expect([whole, refused].flatMap((ran) => leaks(ran, ran.gateway))).toEqual([]);
});

test('the canary is found where it does leak, whole or in part', () => {
  const error = { errorType: 'Error', errorMessage: `cut: ${CANARY.authorization.slice(0, 15)}` };
  expect(leaks({ output: `token ${CANARY.token}`, error })).toEqual([
    'log: …token c4N4rY-7…',
    'error: …Error: cut: Basic WnE3OmM0…',
  ]);
});

interface Circumstances {
  readonly answer?: Answering;
  readonly secret?: string;
  readonly denied?: readonly string[];
  /** Instead of a gateway of its own. */
  readonly pushgateway?: SettingsInput['pushgateway'];
  /** Beside it. */
  readonly debug?: Readonly<Record<string, string>>;
}

async function run(
  name: keyof typeof functions,
  { answer, secret = SECRET, denied, pushgateway, debug = {} }: Circumstances,
) {
  const fn = functions[name];
  if (!fn) throw new Error(`${name}: expected a bundled function, got none`);
  const gateway = pushgateway ? undefined : await startRecordingGateway(answer);
  if (gateway) gateways.push(gateway);
  const to = pushgateway ?? { url: gateway?.url ?? '', headersSecretArn: HEADERS_SECRET };
  const collector = name === 'throwing' ? 'iam-users' : name;
  const changed = withSettings(withEnvironment(fn, debug), collector, { pushgateway: to });
  const secrets = { [HEADERS_SECRET]: secret };
  return {
    gateway,
    ...(await runFunction(changed, { bill: billOf(), secrets, denied })),
  };
}

/** A handler whose collector fails in a way that nobody foresaw. */
function throwingEntry(): string {
  const entry = path.join(folder, 'handler.ts');
  const lambdaHandler = path.join(__dirname, '..', '..', 'lambdas', 'lambda-handler');
  writeFileSync(
    entry,
    `import { lambdaHandler } from ${JSON.stringify(lambdaHandler)};
const collector = () => async () => { throw new Error('thrown by the collector'); };
export const handler = lambdaHandler('iam-users', collector);
`,
  );
  return entry;
}
