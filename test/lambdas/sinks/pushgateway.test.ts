import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { exposition } from '../../../lambdas/metrics/exposition';
import { type Group, group } from '../../../lambdas/metrics/group';
import { registered } from '../../../lambdas/metrics/registered-group';
import { toRegistry } from '../../../lambdas/metrics/registry';
import { sample } from '../../../lambdas/metrics/sample';
import type { HttpAnswer, HttpExchange, HttpRequest } from '../../../lambdas/sinks/http-exchange';
import { groupUrl, pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { REAL_TIME } from '../../../lambdas/sinks/timing';
import { callOf } from '../../support/sink-call';
import { stopAfterEach } from '../../support/stop';

/** Retries without pauses. */
const HASTY = { ...REAL_TIME, random: () => 0 };

/** No deadline of a run. */
const PATIENT = new AbortController().signal;

const user = (user_name: string) =>
  group('IAM_User_Details', { account_id: '1' }, [
    sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name }, 7),
  ]);

test.each<[string, RequestListener, string]>([
  [
    'a redirect',
    (_, answer) => answer.writeHead(301, { Location: '/elsewhere' }).end(),
    'got 301: (empty answer)',
  ],
  ['no content', (_, answer) => answer.writeHead(204).end(), 'got 204: (empty answer)'],
  [
    'an error page',
    (_, answer) => answer.writeHead(502).end('Bad Gateway\nline two'),
    'got 502: Bad Gateway',
  ],
  ['silence', () => {}, 'no answer from'],
  ['dripping headers', (request) => request.socket.write('HTTP/1.1 200 OK\r\n'), 'no answer from'],
  ['a reset', (request) => void request.socket.destroy(), 'no answer from'],
])('%s is a failure, and the sink waits no longer than its limit', async (_, listener, problem) => {
  const server = await listen(listener);
  const sink = pushgatewaySink({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    timeoutMs: 100,
    timing: HASTY,
  });
  await expect(sink.put(registered(user('alice')), callOf(PATIENT))).rejects.toThrow(problem);
});

describe('connections', () => {
  /** Returns a sink, and the numbers of connections and requests that its server has seen. */
  async function sinkTo(listener: RequestListener, options: { timeoutMs?: number; headers?: Headers } = {}) {
    const seen = { connections: 0, requests: 0 };
    const server = await listen((request, answer) => {
      seen.requests += 1;
      request.resume(); // reads to the end of the request, which a reset would cut
      listener(request, answer);
    });
    server.on('connection', () => {
      seen.connections += 1;
    });
    const { port } = server.address() as AddressInfo;
    return { seen, sink: pushgatewaySink({ url: `http://127.0.0.1:${port}`, timing: HASTY, ...options }) };
  }
  type Headers = Readonly<Record<string, string>>;

  test('one connection serves groups that follow each other, whether they are accepted or refused', async () => {
    const { seen, sink } = await sinkTo((request, answer) =>
      answer.writeHead(request.method === 'PUT' ? 403 : 202).end('said'),
    );
    for (let i = 0; i < 3; i += 1) {
      await expect(sink.put(registered(user('alice')), callOf(PATIENT))).rejects.toThrow('got 403: said');
      await sink.delete(user('alice'), callOf(PATIENT));
    }
    expect(seen).toEqual({ connections: 1, requests: 6 });
  });

  test('an answer that drips is ended at the limit, even within its body', async () => {
    const { sink } = await sinkTo(
      (_, answer) => {
        answer.writeHead(200);
        const drip = setInterval(() => answer.write('.'), 20);
        answer.on('close', () => clearInterval(drip));
      },
      { timeoutMs: 100 },
    );
    await expect(sink.put(registered(user('alice')), callOf(PATIENT))).rejects.toThrow(
      /^job IAM_User_Details: no answer from .*: The operation was aborted due to timeout$/,
    );
  });

  test('a deadline that passes within an answer is reported as the end of the time for pushing', async () => {
    const deadline = new AbortController();
    const { sink } = await sinkTo((_, answer) => {
      answer.writeHead(200);
      answer.write('.', () => deadline.abort());
    });
    await expect(sink.put(registered(user('alice')), callOf(deadline.signal))).rejects.toThrow(
      expect.objectContaining({ name: 'PushTimeoutError' }),
    );
  });

  test('an answer that is cut is a failure', async () => {
    const { seen, sink } = await sinkTo((_, answer) => {
      answer.writeHead(200, { 'Content-Length': '100' });
      answer.write('half', () => answer.destroy());
    });
    await expect(sink.put(registered(user('alice')), callOf(PATIENT))).rejects.toThrow(
      'the connection was cut within the answer',
    );
    expect(seen.requests).toBe(9); // eight attempts, and a check whether the gateway answers at all
  });

  test('an endless error page is read up to a limit, and its connection is closed', async () => {
    const closed: Promise<void>[] = [];
    const { sink } = await sinkTo((_, answer) => {
      answer.writeHead(400);
      answer.write('Broken\n');
      const page = setInterval(() => answer.write('x'.repeat(10_000)), 1);
      closed.push(new Promise((resolve) => answer.on('close', () => resolve(clearInterval(page)))));
    });
    await expect(sink.put(registered(user('alice')), callOf(PATIENT))).rejects.toThrow('got 400: Broken');
    await Promise.all(closed);
  });

  test('a kept connection that the server has closed is replaced, and the request is sent again at once', async () => {
    const { seen, sink } = await sinkTo((request, answer) => {
      if (seen.requests === 2) request.socket.resetAndDestroy();
      else answer.writeHead(200).end();
    });
    await sink.put(registered(user('alice')), callOf(PATIENT));
    await sink.put(registered(user('bob')), callOf(PATIENT));
    expect(seen).toEqual({ connections: 2, requests: 3 });
  });

  test('a reset of a new connection is one of the eight attempts', async () => {
    const { seen, sink } = await sinkTo((request, answer) => {
      if (seen.requests > 1) request.socket.resetAndDestroy();
      else answer.writeHead(200).end();
    });
    await sink.put(registered(user('alice')), callOf(PATIENT));
    await expect(sink.put(registered(user('bob')), callOf(PATIENT))).rejects.toThrow(
      /no answer from .*(ECONNRESET|hang up)/,
    );
    expect(seen.requests).toBe(1 + 1 + 8 + 1); // the stale connection, eight attempts, and the check
  });

  test('a redirect is not followed, and its target is not shown if headers are secret', async () => {
    const { seen, sink } = await sinkTo(
      ({ headers }, answer) => answer.writeHead(302, { Location: `/?was=${headers.authorization}` }).end(),
      { headers: { Authorization: 'Bearer canary' } },
    );
    const failed: Error = await sink.put(registered(user('alice')), callOf(PATIENT)).catch((error) => error);
    expect(failed.message).toContain('got 302: (answer withheld');
    expect(failed.message).not.toContain('canary');
    expect(seen.requests).toBe(1);
  });

  test('no connection keeps a process from ending', async () => {
    const holding = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const { sink } = await sinkTo((_, answer) => answer.writeHead(200).end());
    const before = holding();
    await sink.put(registered(user('alice')), callOf(PATIENT));
    expect(holding() - before).toBeLessThanOrEqual(1); // the server's end of it
  });
});

test('a group has one URL, below the base URL, with its job and labels in base64', () => {
  const groupingKey = { account_id: '1', deployment: '' };
  for (const url of ['https://x/base', 'https://x/base/', 'https://x/base//'])
    expect(groupUrl(url, { job: 'a/b?c', groupingKey })).toBe(
      'https://x/base/metrics/job@base64/YS9iP2M/account_id@base64/MQ/deployment@base64/=',
    );
});

describe('requests', () => {
  /** Returns a sink with the requests that it sent to `answer`. */
  function sending(answer: () => Promise<HttpAnswer>, headers: Readonly<Record<string, string>> = {}) {
    const sent: HttpRequest[] = [];
    const exchange: HttpExchange = (request) => {
      sent.push(request);
      return answer();
    };
    return { sent, sink: pushgatewaySink({ url: 'https://x', headers, exchange, timing: HASTY }) };
  }
  const answering = (status: number, text = '') => sending(async () => ({ status, headers: {}, text }));

  test('a group is sent as compressed text, with the headers of the secret', async () => {
    const { sent, sink } = sending(async () => ({ status: 200, headers: {}, text: '' }), { 'X-Token': 't' });
    await sink.put(registered(user('alice')), callOf(PATIENT));
    expect(sent.map(({ body, signal, ...request }) => ({ ...request, text: unzipped(body) }))).toEqual([
      {
        method: 'PUT',
        url: groupUrl('https://x', user('alice')),
        headers: {
          'X-Token': 't',
          'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
          'Content-Encoding': 'gzip',
        },
        limit: 65_536,
        text: await written(user('alice')),
      },
    ]);
  });

  test.each([999, 1_000, 3_000])('a group of %i series arrives completely', async (series) => {
    const samples = Array.from({ length: series }, (_, i) => user(`user ${i}`).samples).flat();
    const { sent, sink } = answering(202);
    await sink.put(registered({ ...user(''), samples }), callOf(PATIENT));
    expect(sent.map(({ body }) => unzipped(body))).toEqual([await written({ ...user(''), samples })]);
  });

  test('a deletion has the headers of the secret and no body', async () => {
    const { sent, sink } = sending(async () => ({ status: 202, headers: {}, text: '' }), { 'X-Token': 't' });
    await sink.delete(user('alice'), callOf(PATIENT));
    expect(sent.map(({ signal, ...request }) => request)).toEqual([
      {
        method: 'DELETE',
        url: groupUrl('https://x', user('alice')),
        headers: { 'X-Token': 't' },
        limit: 65_536,
      },
    ]);
  });

  test.each([
    ['  first line  \nsecond line', 'first line  '],
    ['x'.repeat(201), 'x'.repeat(200)],
    [' \n ', '(empty answer)'],
  ])('of the answer %j only a short first line is shown', async (text, shown) => {
    await expect(answering(500, text).sink.delete(user('alice'), callOf(PATIENT))).rejects.toThrow(
      new Error(
        `job IAM_User_Details: expected 200 or 202 from the Pushgateway at https://x, got 500: ${shown}`,
      ),
    );
  });

  test.each([
    [new Error('no route'), 'no route'],
    [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new RangeError(), 'RangeError'],
    ['cut', 'cut'],
    [undefined, 'undefined'],
  ])('no answer because of %p is explained by its message, code or name', async (thrown, cause) => {
    const { sink } = sending(() => Promise.reject(thrown));
    await expect(sink.put(registered(user('alice')), callOf(PATIENT))).rejects.toThrow(
      expect.objectContaining({
        name: 'PushError',
        message: `job IAM_User_Details: no answer from the Pushgateway at https://x: ${cause}`,
      }),
    );
  });
});

function unzipped(body: Buffer = Buffer.of()): string {
  return gunzipSync(body).toString();
}

async function written(pushed: Group): Promise<string> {
  return [...(await exposition(toRegistry(pushed))).chunks].join('');
}

test('the error about an unreachable gateway names its URL and the cause', async () => {
  const server = await listen(() => {});
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await expect(
    pushgatewaySink({ url: `http://127.0.0.1:${port}`, timing: HASTY }).put(
      registered(user('alice')),
      callOf(PATIENT),
    ),
  ).rejects.toThrow(
    `job IAM_User_Details: no answer from the Pushgateway at http://127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
  );
});

test('an empty group is refused, because the gateway would delete the old group for it', async () => {
  await expect(
    pushgatewaySink({ url: 'http://127.0.0.1:9' }).put(
      registered({ ...user('alice'), samples: [] }),
      callOf(PATIENT),
    ),
  ).rejects.toThrow('job IAM_User_Details: expected at least one sample');
});

async function listen(listener: RequestListener): Promise<HttpServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  void stopAfterEach({
    stop() {
      server.closeAllConnections();
      server.close();
    },
  });
  return server;
}
