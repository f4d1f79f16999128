import { rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import * as path from 'node:path';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { billOf } from '../support/bill';
import { deployed, withSettings } from '../support/deployed';
import { HEADERS_SECRET, WEBHOOK_SECRET } from '../support/deployment';
import {
  bundledFunction,
  retryingAtOnce,
  runFunction,
  settingsWith,
  temporaryFolder,
  variablesOf,
  withEnvironment,
  withOverrides,
} from '../support/functions';
import { type Answering, type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import { stopAfterAll } from '../support/stop';
import { startWarm, type WarmFunction } from '../support/warm-function';
import { CANARY, ENCODINGS, leaks, type Ran } from './canary';

const SECRET = JSON.stringify({ Authorization: CANARY.authorization });

/** The gateway's answers, secrets and denied actions of the next run; every test sets them again. */
let answering: Answering;
const secrets: Record<string, string> = {};
const denied: string[] = [];

let gateway: RecordingGateway;
const warm: Partial<Record<Name, WarmFunction>> = {};
beforeAll(async () => {
  gateway = await stopAfterAll(startRecordingGateway((request, response) => answering(request, response)));
  for (const name of WARM)
    warm[name] = await stopAfterAll(
      startWarm(retryingAtOnce(await functionOf(name)), { bill: billOf(), secrets, denied }),
    );
});

type Name = CollectorName | 'throwing';
/** Functions whose process is shared by all tests. */
const WARM = ['user-costs', 'digest', 'throwing'] as const;

const ACCEPT: Answering = (_, answer) => answer.writeHead(200).end();

/** Answers of a gateway, or of a proxy in front of it, to a request that contains the canary. */
const ANSWERS: Readonly<Record<string, Answering>> = {
  'takes everything': ACCEPT,
  'answers 401': (_, answer) => answer.writeHead(401).end('Unauthorized'),
  'answers 400': (_, answer) => answer.writeHead(400).end('text format parsing error in line 1'),
  'redirects to a URL with the header': ({ headers }, answer) =>
    answer.writeHead(302, { location: `/login?was=${headers.authorization}` }).end(),
  'resets the connection': (_, answer) => void answer.destroy(),
  'echoes the request’s headers as JSON': ({ headers }, answer) =>
    answer.writeHead(400).end(JSON.stringify(headers)),
  'echoes the header unchanged': ({ headers }, answer) =>
    answer.writeHead(401).end(`bad Authorization: ${headers.authorization}`),
  'echoes the header where the shown text is cut': ({ headers }, answer) =>
    answer.writeHead(401).end(`${'x'.repeat(175)} ${headers.authorization}`),
  'echoes the header encoded for a URL': ({ headers }, answer) =>
    answer.writeHead(403).end(encodeURIComponent(headers.authorization ?? '')),
  'echoes the credentials without their scheme': (_, answer) => answer.writeHead(401).end(CANARY.basic),
  'echoes the password, decoded': (_, answer) =>
    answer.writeHead(401).end(`no such user or password: Zq7 / ${CANARY.token}`),
  'echoes the header in its answer to DELETE': ({ method, headers }, answer) =>
    answer.writeHead(method === 'DELETE' ? 401 : 200).end(headers.authorization),
};

test.each(Object.entries(ANSWERS))('no leak with a gateway that %s', async (_, answer) => {
  const ran = await run('user-costs', { answer });
  expect(gateway.requests[0]?.headers.authorization).toBe(CANARY.authorization);
  expect(leaks(ran, gateway)).toEqual([]);
});

test.each(Object.entries(ENCODINGS))(
  'no leak with a gateway that echoes the secret %s',
  async (_, encode) => {
    for (const secret of [CANARY.authorization, CANARY.token]) {
      const ran = await run('user-costs', {
        answer: (_, answer) => answer.writeHead(401).end(encode(secret)),
      });
      expect(leaks(ran, gateway)).toEqual([]);
    }
  },
);

type Echo = (answer: ServerResponse, text: string) => void;
const vector = (result: unknown) => ({ status: 'success', data: { resultType: 'vector', result } });
const json = (answer: ServerResponse, body: object) =>
  void answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Answers of a Prometheus, or of a proxy in front of it, that repeat a text. */
const ECHOES: Readonly<Record<string, Echo>> = {
  'the body of a refusal': (answer, text) => void answer.writeHead(401).end(text),
  'the reason of a refusal': (answer, text) => void answer.writeHead(401, text).end(),
  'the address of a redirect': (answer, text) => void answer.writeHead(302, { location: `/?${text}` }).end(),
  'the content type': (answer, text) => void answer.writeHead(200, { 'content-type': text }).end('<html>'),
  'a body that is not JSON': (answer, text) => void answer.writeHead(200).end(text),
  'the status in JSON': (answer, text) => json(answer, { status: text, error: text }),
  'the type of the result': (answer, text) => json(answer, { status: 'success', data: { resultType: text } }),
  'a label beside NaN': (answer, text) => json(answer, vector([{ metric: { text }, value: [0, 'NaN'] }])),
  'a value': (answer, text) => json(answer, vector([{ metric: {}, value: [0, text] }])),
  'an element of another form': (answer, text) => json(answer, vector([text, { [text]: text }])),
};

test.each(Object.entries(ECHOES))('no leak of the digest with an echo in %s', async (_, echo) => {
  for (const encode of Object.values(ENCODINGS)) {
    const text = [CANARY.token, CANARY.basic].map(encode).join(' ');
    const ran = await run('digest', { answer: (_, answer) => echo(answer, text) });
    expect(ran.error).toBeDefined();
    expect(leaks(ran)).toEqual([]);
  }
});

test.each(Object.entries(ENCODINGS))(
  'no leak of the digest with a webhook that echoes its URL %s',
  async (_, encode) => {
    const answer: Answering = ({ url }, response) => {
      if (url.startsWith('/api/v1/query')) json(response, vector([]));
      else if (url.startsWith('/services'))
        response.writeHead(400).end(`${encode(url)} ${encode(CANARY.token)}`);
      else response.writeHead(200).end();
    };
    const ran = await run('digest', { answer });
    expect(ran.error?.errorMessage).toContain('expected 2xx from the webhook');
    expect(leaks(ran)).toEqual([]);
  },
);

test('no leak with a gateway that does not exist', async () => {
  const ran = await runCold('user-costs', { sink: { url: 'http://127.0.0.1:9' } });
  expect(ran.error?.errorMessage).toContain('no answer from the Pushgateway');
  expect(leaks(ran)).toEqual([]);
});

/** Secrets that contain no valid headers, by description. */
const SECRETS: readonly [string, string][] = [
  ['not JSON', CANARY.token],
  ['JSON that is cut', SECRET.slice(0, -2)],
  ['a JSON string', JSON.stringify(CANARY.token)],
  ['an array', JSON.stringify([CANARY.authorization])],
  ['an object in an object', JSON.stringify({ headers: { Authorization: CANARY.authorization } })],
  ['a number next to a string', JSON.stringify({ Authorization: CANARY.authorization, port: 1 })],
  [
    'a value with a line break, like the output of base64',
    JSON.stringify({ Authorization: `${CANARY.authorization}\nx` }),
  ],
  ['a value with a line break at its end', JSON.stringify({ Authorization: `${CANARY.authorization}\n` })],
  ['a value that is invalid in a header', JSON.stringify({ Authorization: `${CANARY.authorization}…` })],
  ['a value with a zero byte', JSON.stringify({ Authorization: `${CANARY.authorization}\0` })],
  ['a name that is invalid for a header', JSON.stringify({ [CANARY.authorization]: 'Authorization' })],
  [
    'a name with a colon, like an argument of curl',
    JSON.stringify({ [`Authorization: ${CANARY.authorization}`]: '' }),
  ],
  ['empty', ''],
];

test.each(SECRETS)('no leak with a secret that is %s', async (_, secret) => {
  expect(leaks(await run('user-costs', { secret }), gateway)).toEqual([]);
});

test('no leak with a secret that is denied or does not exist', async () => {
  const refused = await run('user-costs', { deny: 'secretsmanager:GetSecretValue' });
  const missing = await runCold('iam-users', {
    sink: { headersSecretArn: `${HEADERS_SECRET}x` },
  });
  expect(refused.error?.errorMessage).toContain('(denied)');
  expect(missing.error?.errorMessage).toContain('Secrets Manager');
  expect([refused, missing].flatMap((ran) => leaks(ran))).toEqual([]);
});

test('no leak when parts are denied or a collector throws', async () => {
  const refused = await run('user-costs', { deny: 'ce:GetCostAndUsage' });
  expect(refused.error?.errorMessage).toContain('(denied)');
  expect(leaks(refused, gateway)).toEqual([]);
  const throwing = await run('throwing', {});
  expect(throwing.error?.errorMessage).toBe(
    'iam-users: incomplete run: collect iam-users: thrown by the collector (other)',
  );
  expect(leaks(throwing, gateway)).toEqual([]);
});

test('no leak in the logs of all these runs', async () => {
  const logs = await Promise.all(Object.values(warm).map((fn) => fn.stop()));
  expect(logs.map((log) => log.includes('"failures":['))).toEqual(logs.map(() => true));
  expect(logs.flatMap((log) => leaks({ log }))).toEqual([]);
});

test('no leak with a gateway URL of an unknown protocol', async () => {
  const ran = await runCold('iam-users', { sink: { url: 'ftp://127.0.0.1' } });
  expect(ran.error?.errorMessage).toContain('TOLLGATE_SETTINGS: sinks.0.url: expected');
  expect(leaks(ran)).toEqual([]);
});

test('a gateway URL with credentials is refused, because the URL appears in messages and in the environment', () => {
  const url = `https://ops:${CANARY.token}@pushgateway.example.com`;
  expect(() => settingsWith({ sinks: [{ type: 'pushgateway', url }] })).toThrow('sinks.0.url');
});

test('no leak in the debug output of Node.js, after a complete run and after a refused one', async () => {
  const environment = { NODE_DEBUG: 'http,https,net,tls,stream,fetch,undici,module' };
  const complete = await runCold('iam-users', { environment });
  const refused = await runCold('iam-users', { environment, answer: ANSWERS['answers 401'] });
  expect(complete.log).toMatch(/UNDICI|HTTP|NET/);
  expect([complete, refused].flatMap((ran) => leaks(ran, gateway))).toEqual([]);
});

test('a leak is found, of the complete canary and of a part', () => {
  const error = { errorType: 'Error', errorMessage: `cut: ${CANARY.authorization.slice(0, 15)}` };
  expect(leaks({ log: `token ${CANARY.token}`, error })).toEqual([
    'log: …token c4N4rY-7…',
    'error: …Error: cut: Basic WnE3OmM0…',
  ]);
});

interface Circumstances {
  readonly answer?: Answering;
  readonly secret?: string;
  readonly deny?: string;
}

/** Runs a warm function once more; a later test reads its log. */
async function run(name: (typeof WARM)[number], circumstances: Circumstances): Promise<Ran> {
  prepare(circumstances);
  const { error } = (await warm[name]?.run()) ?? {};
  return { error };
}

interface ColdCircumstances extends Circumstances {
  /** Settings that differ from the shared gateway. */
  /** Settings of the gateway that replace its own. */
  readonly sink?: Partial<ReturnType<typeof gatewaySettings>>;
  /** Variables added to the function's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a function in its own process. */
async function runCold(
  name: CollectorName,
  { sink, environment = {}, ...circumstances }: ColdCircumstances,
): Promise<Ran> {
  prepare(circumstances);
  const fn = withOverrides(await functionOf(name), name, {
    sinks: [{ ...gatewaySettings(), ...sink }],
  });
  const { error, output } = await runFunction(withEnvironment(retryingAtOnce(fn), environment), {
    bill: billOf(),
    secrets,
    denied,
  });
  return { error, log: output };
}

function prepare({ answer = ACCEPT, secret = SECRET, deny }: Circumstances): void {
  gateway.clear();
  answering = answer;
  secrets[HEADERS_SECRET] = secret;
  secrets[WEBHOOK_SECRET] = `${gateway.url}/services/${CANARY.token}`;
  denied.splice(0, denied.length, ...(deny ? [deny] : []));
}

async function functionOf(name: Name): Promise<DeployedFunction> {
  const sinks = [gatewaySettings()];
  const digest = {
    prometheusUrl: gateway.url,
    prometheusHeadersSecretArn: HEADERS_SECRET,
    webhookSecretArn: WEBHOOK_SECRET,
  };
  if (name !== 'throwing') return withSettings((await deployed(name)).function, name, { sinks, digest });
  throwing ??= bundledFunction('iam-users', {
    environment: variablesOf('iam-users', { sinks }),
    entry: throwingEntry(),
  });
  return throwing;
}

function gatewaySettings() {
  return { type: 'pushgateway' as const, url: gateway.url, headersSecretArn: HEADERS_SECRET };
}

let throwing: Promise<DeployedFunction> | undefined;

/** Writes a handler whose collector throws an unexpected error, and returns its file. */
function throwingEntry(): string {
  const folder = temporaryFolder('throwing-');
  void stopAfterAll({ remove: () => rmSync(folder, { recursive: true }) });
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
