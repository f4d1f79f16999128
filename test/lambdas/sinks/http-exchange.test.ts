import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { type HttpRequest, httpExchange } from '../../../lambdas/sinks/http-exchange';
import { bodyOf, startHttpServer } from '../../support/http-server';
import { stopAfterEach } from '../../support/stop';

test('a request arrives with its method, headers and body, and its answer has the status and the text', async () => {
  const seen: unknown[] = [];
  const url = await serving(async (request, answer) => {
    const body = await bodyOf(request);
    seen.push([request.method, request.url, request.headers['x-token'], body.toString()]);
    answer.writeHead(418, { 'X-Tea': 'pot' }).end('naïve');
  });
  const answer = await send({
    url: `${url}/a?b`,
    method: 'PUT',
    headers: { 'X-Token': 't' },
    body: Buffer.from('hi'),
  });
  expect(answer).toMatchObject({ status: 418, headers: { 'x-tea': 'pot' }, text: 'naïve' });
  expect(seen).toEqual([['PUT', '/a?b', 't', 'hi']]);
});

test.each([
  [9, '123456789', true],
  [10, '1234567890', true],
  [11, '1234567890', false],
])(
  'of an answer of %i bytes, %s is read with a limit of ten, and the connection kept: %p',
  async (bytes, text, kept) => {
    const ports = new Set<number | undefined>();
    const url = await serving((request, answer) => {
      ports.add(request.socket.remotePort);
      answer.end('12345678901'.slice(0, bytes));
    });
    const exchange = httpExchange();
    const answers = [await send({ url, limit: 10 }, exchange), await send({ url, limit: 10 }, exchange)];
    expect(answers.map((answer) => answer.text)).toEqual([text, text]);
    expect(ports.size).toBe(kept ? 1 : 2);
  },
);

test.each([
  [200, 'in two', ''],
  [404, '', 'in two'],
])('an answer with status %i is read as it arrives: %j', async (status, arrived, text) => {
  const url = await serving((_, answer) => {
    answer.writeHead(status).write('in ', () => answer.end('two'));
  });
  let read = '';
  const answer = await send({
    url,
    read: async (body) => {
      for await (const chunk of body) read += chunk;
    },
  });
  expect([read, answer.text]).toEqual([arrived, text]);
});

test('an https URL is connected to with TLS', async () => {
  const firstBytes: (number | undefined)[] = [];
  const server = await stopAfterEach(
    createServer((socket) =>
      socket.once('data', (data) => {
        firstBytes.push(data[0]);
        socket.destroy();
      }),
    ).listen(0, '127.0.0.1'),
  );
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(send({ url: `https://127.0.0.1:${port}` })).rejects.toThrow();
  expect(firstBytes).toEqual([0x16]); // a handshake
});

test('an answer that is cut is reported as such, with its cause', async () => {
  const url = await serving((_, answer) => {
    answer.writeHead(200, { 'Content-Length': '100' });
    answer.write('half', () => answer.destroy());
  });
  const error: Error = await send({ url }).catch((thrown) => thrown);
  expect([error.message, error.cause]).toEqual([
    'the connection was cut within the answer',
    expect.objectContaining({ code: 'ECONNRESET' }),
  ]);
});

test('a request whose answer is no HTTP is not sent again over a new connection', async () => {
  let requests = 0;
  const url = await serving((request, answer) => {
    requests += 1;
    if (requests === 1) answer.end();
    else request.socket.write('no HTTP\r\n\r\n');
  });
  const exchange = httpExchange();
  await send({ url }, exchange);
  await expect(send({ url }, exchange)).rejects.toThrow(/^Parse Error/);
  expect(requests).toBe(2);
});

test('the reason of an abort is thrown, before the connection and before the answer', async () => {
  const deadline = new AbortController();
  const url = await serving(() => deadline.abort(new Error('no time left')));
  await expect(send({ url, signal: deadline.signal })).rejects.toThrow('no time left');
  await expect(send({ url, signal: deadline.signal })).rejects.toThrow('no time left');
});

function send(some: Partial<HttpRequest> & Pick<HttpRequest, 'url'>, exchange = httpExchange()) {
  const { signal } = new AbortController();
  return exchange({ method: 'GET', headers: {}, signal, limit: 1_000, ...some });
}

async function serving(listener: RequestListener): Promise<string> {
  return (await stopAfterEach(startHttpServer(listener))).url;
}
