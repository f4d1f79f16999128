import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { run } from '../../../lib/local/servers/command';
import { BAD_ENDPOINTS } from '../../support/bad-endpoints';
import { authority } from '../../support/certificates';
import { startConnectProxy } from '../../support/connect-proxy';
import { startHttpServer } from '../../support/http-server';
import { stopAfterEach } from '../../support/stop';
import { HTTP_SINKS } from './contract';

const CANARY = 'canary-7f3a';
const OURS = authority('ours');
const TLS = { ca: OURS.ca, ...OURS.issue('tollgate') };
const CREDENTIALS = { accessKeyId: 'AKIATEST', secretAccessKey: `secret-${CANARY}` };
const PORTS = { headers: { Authorization: `Bearer ${CANARY}` }, credentials: CREDENTIALS };

/** Everything that Node.js and packages print for debugging about requests. */
const DEBUG = { NODE_DEBUG: 'http,https,net,tls,stream,timer', DEBUG: '*' };

/** Parts of the secrets: the canary, and each line of PEM. */
const SECRETS = [CANARY, ...Object.values(TLS).flatMap((pem) => pem.split('\n').slice(1, -2))];

test('the output of a debugged process shows no secret of a sink that is refused or accepted', async () => {
  const refusing = BAD_ENDPOINTS['status 401']?.listener;
  if (!refusing) throw new Error('expected an endpoint that answers 401');
  const plain = await stopAfterEach(startHttpServer(refusing));
  const accepting = await servingTls((request, answer) => {
    request.resume();
    request.on('end', () => answer.writeHead(200).end());
  });
  const secured = [accepting, await servingTls(refusing)];
  const proxy = await stopAfterEach(startConnectProxy());
  const workspaceArn = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-1';
  const given = [
    ...HTTP_SINKS.flatMap((kind) => [
      [kind.settingsAt(kind.urlAt(plain.url)), PORTS],
      ...secured.flatMap((url) => [
        [kind.settingsAt(kind.urlAt(url)), { ...PORTS, tls: TLS }],
        [
          { ...kind.settingsAt(kind.urlAt(url)), proxyUrl: proxy.url },
          { ...PORTS, tls: TLS },
        ],
      ]),
    ]),
    [
      { type: 'remote-write', workspaceArn },
      { credentials: CREDENTIALS, endpoints: { AWS_ENDPOINT_URL: plain.url } },
    ],
  ];
  const args = ['--import', 'tsx', path.join(__dirname, 'sink-process.ts'), JSON.stringify(given)];
  const { stdout, stderr } = await run(process.execPath, args, { env: { ...process.env, ...DEBUG } });
  expect(stdout).toBe('7 of 11 failed\n');
  expect(stderr).toContain('createConnection'); // the output of NODE_DEBUG
  const shown = [...stderr.split('\n')].filter((line) => SECRETS.some((secret) => line.includes(secret)));
  expect(shown).toEqual([]);
});

/** Starts a server with TLS that demands a client certificate. */
async function servingTls(listener: RequestListener): Promise<string> {
  const { cert, key } = OURS.issue('server', { host: '127.0.0.1' });
  const server = createServer({ cert, key, ca: OURS.ca, requestCert: true }, listener);
  await stopAfterEach({
    stop() {
      server.closeAllConnections();
      server.close();
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
