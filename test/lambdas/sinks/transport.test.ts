import { once } from 'node:events';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { group } from '../../../lambdas/metrics/group';
import { registered } from '../../../lambdas/metrics/registered-group';
import { sample } from '../../../lambdas/metrics/sample';
import { type HttpExchange, httpExchange } from '../../../lambdas/sinks/http-exchange';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { REAL_TIME } from '../../../lambdas/sinks/timing';
import type { TransportOptions } from '../../../lambdas/sinks/transport';
import { freePort } from '../../../lib/local/servers/free-port';
import { authority, type Issued } from '../../support/certificates';
import { startConnectProxy } from '../../support/connect-proxy';
import { eventually } from '../../support/eventually';
import { startHttpServer } from '../../support/http-server';
import { callOf } from '../../support/sink-call';
import { stopAfterEach } from '../../support/stop';

const PATIENT = new AbortController().signal;
const HASTY = { ...REAL_TIME, random: () => 0 };
const OURS = authority('ours');
const OTHER = authority('other');
const SERVER = OURS.issue('gateway', { host: '127.0.0.1' });
const CLIENT = OURS.issue('tollgate');

const USER = registered(
  group('IAM_User_Details', { account_id: '1' }, [
    sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name: 'alice' }, 7),
  ]),
);

describe('TLS', () => {
  test('a server of a custom authority is reached, over one connection for several requests', async () => {
    const { url, connections } = await serving(SERVER);
    const exchange = httpExchange({ tls: { ca: OURS.ca } });
    for (let i = 0; i < 3; i += 1) expect((await send(url, exchange)).text).toBe('nobody');
    expect(connections()).toBe(1);
  });

  test('a client certificate is shown to a server that demands it', async () => {
    const { url } = await serving(SERVER, { requestCert: true, rejectUnauthorized: true, ca: OURS.ca });
    expect((await send(url, httpExchange({ tls: { ca: OURS.ca, ...CLIENT } }))).text).toBe('tollgate');
  });

  test.each<[string, Issued, TransportOptions['tls'], string]>([
    [
      'an unknown authority',
      SERVER,
      undefined,
      'unable to verify the first certificate (the authority of the server’s certificate is not trusted: check "ca" in the secret of tlsSecretArn)',
    ],
    [
      'the wrong authority',
      SERVER,
      { ca: OTHER.ca },
      '(the authority of the server’s certificate is not trusted: check "ca" in the secret of tlsSecretArn)',
    ],
    [
      'an expired certificate',
      OURS.issue('old', { host: '127.0.0.1', until: new Date(Date.now() - 1_000) }),
      { ca: OURS.ca },
      'certificate has expired (the server’s certificate, or that of its authority, needs to be renewed)',
    ],
    [
      'a certificate for another host',
      OURS.issue('else', { host: 'gateway.example.com' }),
      { ca: OURS.ca },
      '(the server’s certificate is for another host: check url)',
    ],
  ])('%s is an error that names what to check', async (_, issued, tls, problem) => {
    const { url } = await serving(issued);
    await expect(pushTo(url, { tls })).rejects.toThrow(problem);
  });

  test.each<[string, TransportOptions['tls'], ServerOptions]>([
    ['a missing client certificate', { ca: OURS.ca }, {}],
    ['a missing client certificate, with TLS 1.2', { ca: OURS.ca }, { maxVersion: 'TLSv1.2' }],
  ])('%s is an error that names what to check', async (_, tls, options) => {
    const demanding = { requestCert: true, rejectUnauthorized: true, ca: OURS.ca, ...options };
    const { url } = await serving(SERVER, demanding);
    await expect(pushTo(url, { tls })).rejects.toThrow(
      'the server refuses the client certificate or misses it: check "cert" and "key" in the secret of tlsSecretArn',
    );
  });

  test('https to a port without TLS is an error that names the URL', async () => {
    const { url } = await stopAfterEach(startHttpServer((_, answer) => answer.end()));
    await expect(pushTo(url.replace('http:', 'https:'), {})).rejects.toThrow(
      '(the server speaks no TLS there: check url)',
    );
  });

  test.each([
    ['demands a client certificate', 'No required SSL certificate was sent'],
    ['refuses the client certificate', 'The SSL certificate error'],
  ])(
    'nginx’s page that it %s fails a push and a check, though the page is not shown',
    async (problem, words) => {
      const { url } = await stopAfterEach(
        startHttpServer((_, answer) => answer.writeHead(400).end(`<html>${words}`)),
      );
      const sink = pushgatewaySink({ url, headers: { Authorization: 'canary' } });
      const message = `the server of the Pushgateway at ${url} ${problem}: check "cert" and "key" in the secret of tlsSecretArn`;
      await expect(sink.put(USER, callOf(PATIENT))).rejects.toThrow(message);
      await expect(sink.check(PATIENT)).rejects.toThrow(message);
    },
  );
});

describe('a proxy', () => {
  test('opens one tunnel for several requests to a server with TLS, and the server sees the client certificate', async () => {
    const { url } = await serving(SERVER, { requestCert: true, rejectUnauthorized: true, ca: OURS.ca });
    const proxy = await stopAfterEach(startConnectProxy());
    const exchange = httpExchange({ tls: { ca: OURS.ca, ...CLIENT }, proxyUrl: proxy.url });
    for (let i = 0; i < 3; i += 1) expect((await send(url, exchange)).text).toBe('tollgate');
    expect([proxy.tunnels, proxy.forwarded]).toEqual([[new URL(url).host], []]);
  });

  test('sends requests on to a server without TLS', async () => {
    const { url } = await stopAfterEach(
      startHttpServer(({ method, headers, url }, answer) => answer.end(`${method} ${headers.host}${url}`)),
    );
    const proxy = await stopAfterEach(startConnectProxy());
    const answer = await send(`${url}/a?b`, httpExchange({ proxyUrl: proxy.url }));
    expect(answer.text).toBe(`GET ${new URL(url).host}/a?b`);
    expect([proxy.tunnels, proxy.forwarded]).toEqual([[], [`${url}/a?b`]]);
  });

  test('a tunnel that the server has closed is replaced, and the request is sent again', async () => {
    let requests = 0;
    const { url } = await serving(SERVER, {}, (socket) => {
      requests += 1;
      if (requests === 2) socket.destroy();
    });
    const proxy = await stopAfterEach(startConnectProxy());
    const exchange = httpExchange({ tls: { ca: OURS.ca }, proxyUrl: proxy.url });
    for (let i = 0; i < 2; i += 1) expect((await send(url, exchange)).status).toBe(200);
    expect([requests, proxy.tunnels.length]).toEqual([3, 2]);
  });

  test.each([
    [
      407,
      'the proxy refused with 407, it demands credentials, which Tollgate has no setting for (check proxyUrl)',
    ],
    [403, 'the proxy refused with 403, it could not connect (check proxyUrl)'],
    [502, 'the proxy refused with 502, it could not connect (check proxyUrl)'],
    [202, 'the proxy refused with 202, it could not connect (check proxyUrl)'],
  ])('that refuses a tunnel with %i fails a push and a check, and is named', async (status, problem) => {
    const { url } = await serving(SERVER);
    const proxy = await stopAfterEach(startConnectProxy(() => status));
    const options = { tls: { ca: OURS.ca }, proxyUrl: proxy.url };
    const message = `no answer from the Pushgateway at ${url} through the proxy ${proxy.url}: ${problem}`;
    await expect(pushTo(url, options)).rejects.toThrow(message);
    await expect(pushgatewaySink({ url, timing: HASTY, ...options }).check(PATIENT)).rejects.toThrow(message);
  });

  test('that demands credentials for a plain request is named', async () => {
    const proxy = await stopAfterEach(startConnectProxy(() => 407));
    await expect(pushTo('http://gateway.example.com', { proxyUrl: proxy.url })).rejects.toThrow(
      'the proxy refused with 407, it demands credentials',
    );
  });

  test.each(['http://gateway.example.com', 'https://gateway.example.com'])(
    'that is dead is named in the error of a push to %s',
    async (url) => {
      const proxyUrl = `http://127.0.0.1:${await freePort(0)}`;
      await expect(pushTo(url, { proxyUrl })).rejects.toThrow(
        `no answer from the Pushgateway at ${url} through the proxy ${proxyUrl}: connect ECONNREFUSED ${proxyUrl.slice(7)} (check proxyUrl)`,
      );
    },
  );

  test('that hangs before a tunnel does not outlast the signal, and its connection is closed', async () => {
    let open = 0;
    const hanging = await stopAfterEach(
      createTcpServer((socket) => {
        open += 1;
        socket.on('close', () => {
          open -= 1;
        });
        socket.on('data', () => deadline.abort(new Error('no time left')));
      }).listen(0, '127.0.0.1'),
    );
    await once(hanging, 'listening');
    const deadline = new AbortController();
    const proxyUrl = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    await expect(
      send('https://gateway.example.com', httpExchange({ proxyUrl }), deadline.signal),
    ).rejects.toThrow('no time left');
    await eventually(async () => expect(open).toBe(0));
  });
});

/** Starts a server with TLS that answers with the name in the client certificate. */
async function serving(issued: Issued, options: ServerOptions = {}, onRequest = (_: Socket) => {}) {
  let connections = 0;
  const server = createTlsServer({ ...issued, ...options }, ({ socket }, answer) => {
    const { subject } = (socket as TLSSocket).getPeerCertificate();
    onRequest(socket);
    answer.end(subject?.CN ?? 'nobody');
  });
  server.on('secureConnection', () => {
    connections += 1;
  });
  await stopAfterEach({
    stop() {
      server.closeAllConnections();
      server.close();
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, connections: () => connections };
}

function send(url: string, exchange: HttpExchange, signal = PATIENT) {
  return exchange({ method: 'GET', url, headers: {}, signal, limit: 1_000 });
}

function pushTo(url: string, options: TransportOptions): Promise<void> {
  return pushgatewaySink({ url, timing: HASTY, ...options }).put(USER, callOf(PATIENT));
}
