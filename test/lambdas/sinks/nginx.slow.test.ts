import * as path from 'node:path';
import { group, groupId } from '../../../lambdas/metrics/group';
import { registered } from '../../../lambdas/metrics/registered-group';
import { sample } from '../../../lambdas/metrics/sample';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { REAL_TIME } from '../../../lambdas/sinks/timing';
import { type Server, startServer } from '../../../lib/local/servers/server';
import { authority } from '../../support/certificates';
import { startConnectProxy } from '../../support/connect-proxy';
import { eventually } from '../../support/eventually';
import { startNginx } from '../../support/nginx';
import { realPrograms, realPushgateway } from '../../support/real-servers';
import { callOf } from '../../support/sink-call';
import { stopAfterAll, stopAfterEach } from '../../support/stop';

const PATIENT = new AbortController().signal;
const CALL = callOf(PATIENT);
const HASTY = { ...REAL_TIME, random: () => 0 };
const OURS = authority('ours');
const OTHER = authority('other');
const TLS = { ca: OURS.ca, ...OURS.issue('tollgate') };
const BEARER = { Authorization: 'Bearer canary' };

let gateway: Server;
let nginx: Server;
beforeAll(async () => {
  gateway = await stopAfterAll(realPushgateway());
  nginx = await stopAfterAll(
    startNginx({
      upstream: gateway.url,
      basePath: '/base/',
      token: ['Authorization', BEARER.Authorization],
      authority: OURS,
      clientAuthority: OURS,
    }),
  );
});

const users = (...names: readonly string[]) =>
  registered(
    group(
      'IAM_User_Details',
      { account_id: '1' },
      names.map((user_name) =>
        sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name }, 7),
      ),
    ),
  );

function sinkWith(options: Partial<Parameters<typeof pushgatewaySink>[0]> = {}) {
  return pushgatewaySink({ url: `${nginx.url}/base/`, headers: BEARER, tls: TLS, timing: HASTY, ...options });
}

test.each([
  ['directly', false],
  ['through a proxy', true],
])('a protected gateway is pushed to, read back and deleted from, %s', async (_, throughProxy) => {
  const proxy = throughProxy ? await stopAfterEach(startConnectProxy()) : undefined;
  const sink = sinkWith(proxy && { proxyUrl: proxy.url });
  await sink.check(PATIENT);
  await sink.put(users('alice', 'bob'), CALL);
  expect(await userNames()).toEqual(['alice', 'bob']);
  const many = Array.from({ length: 3_000 }, (_, i) => `user-${i}`);
  await sink.put(users(...many), CALL);
  expect(await userNames()).toEqual([...many].sort());
  expect((await sink.stored(PATIENT))?.get(groupId(users('alice')))).toBeGreaterThan(0);
  await sink.delete(users('alice'), CALL);
  await eventually(async () => expect(await userNames()).toEqual([]));
  // One connection is kept for all requests that follow each other.
  if (proxy) expect([proxy.tunnels, proxy.forwarded]).toEqual([[new URL(nginx.url).host], []]);
});

test('a token in X-BK-TOKEN opens a gateway without client certificates', async () => {
  const token = ['X-BK-TOKEN', 'canary'] as const;
  const { url } = await stopAfterEach(
    startNginx({ upstream: gateway.url, basePath: '/', token, authority: OURS }),
  );
  const options = { url, tls: { ca: OURS.ca } };
  await sinkWith({ ...options, headers: { 'X-BK-TOKEN': 'canary' } }).put(users('alice'), CALL);
  await expect(sinkWith({ ...options, headers: {} }).put(users('bob'), CALL)).rejects.toThrow('got 401: ');
  expect(await userNames()).toEqual(['alice']);
});

describe('refused, and clearly:', () => {
  test.each<[string, Parameters<typeof sinkWith>[0], RegExp]>([
    [
      'a wrong token',
      { headers: { Authorization: 'Bearer wrong-canary' } },
      /^job IAM_User_Details: expected 200 or 202 from the Pushgateway at https:\S+, got 401: \(answer withheld: it could echo the secret headers\)$/,
    ],
    [
      'no client certificate',
      { tls: { ca: OURS.ca } },
      /demands a client certificate: check "cert" and "key" in the secret of tlsSecretArn$/,
    ],
    [
      'a client certificate of another authority',
      { tls: { ca: OURS.ca, ...OTHER.issue('tollgate') } },
      /refuses the client certificate: check "cert" and "key" in the secret of tlsSecretArn$/,
    ],
    [
      'an expired client certificate',
      { tls: { ca: OURS.ca, ...OURS.issue('tollgate', { until: new Date(Date.now() - 1_000) }) } },
      /refuses the client certificate: check "cert" and "key" in the secret of tlsSecretArn$/,
    ],
    [
      'another authority',
      { tls: { ...TLS, ca: OTHER.ca } },
      /the authority of the server’s certificate is not trusted: check "ca" in the secret of tlsSecretArn\)$/,
    ],
    [
      'no authority',
      { tls: undefined },
      /the authority of the server’s certificate is not trusted: check "ca" in the secret of tlsSecretArn\)$/,
    ],
  ])('%s', async (_, options, problem) => {
    const failed: Error = await sinkWith(options)
      .put(users('mallory'), CALL)
      .catch((error) => error);
    expect(failed.message).toMatch(problem);
    expect(failed.message).not.toContain('canary');
    expect(await userNames()).not.toContain('mallory');
  });

  test('a client certificate of another authority, by a server in Go', async () => {
    const url = (await stopAfterEach(startProtectedPushgateway())).url.replace('http:', 'https:');
    const refused =
      /refuses the client certificate or misses it: check "cert" and "key" in the secret of tlsSecretArn/;
    for (const tls of [{ ca: OURS.ca }, { ca: OURS.ca, ...OTHER.issue('tollgate') }])
      await expect(sinkWith({ url, tls }).put(users('mallory'), CALL)).rejects.toThrow(refused);
    await sinkWith({ url }).put(users('alice'), CALL);
  });
});

/** Starts a Pushgateway that demands client certificates itself. */
async function startProtectedPushgateway(): Promise<Server> {
  const programs = await realPrograms('prometheus-pushgateway');
  const { cert, key } = OURS.issue('pushgateway', { host: '127.0.0.1' });
  const webConfig = `tls_server_config:
  cert_file: cert.pem
  key_file: key.pem
  client_ca_file: ca.pem
  client_auth_type: RequireAndVerifyClientCert
`;
  return startServer({
    program: programs['prometheus-pushgateway'],
    files: { 'web.yml': webConfig, 'cert.pem': cert, 'key.pem': key, 'ca.pem': OURS.ca },
    args: (address, folder) => [
      `--web.listen-address=${address}`,
      `--web.config.file=${path.join(folder, 'web.yml')}`,
      '--persistence.file=',
    ],
    readyStatuses: [400], // the answer to plain HTTP at a port with TLS
  });
}

/** Returns the users that the gateway has, asked without nginx. */
async function userNames(): Promise<string[]> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const lines = text.matchAll(/^aws_iam_user_create_timestamp_seconds\{.*user_name="([^"]*)"/gm);
  return [...lines].map(([, name = '']) => name).sort();
}
