import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import fc from 'fast-check';
import { exposition } from '../../../lambdas/metrics/exposition';
import { group } from '../../../lambdas/metrics/group';
import { sample } from '../../../lambdas/metrics/sample';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { checkMetrics } from '../../../lib/local/servers/promtool';
import type { Server } from '../../../lib/local/servers/server';
import { realPrograms, realPushgateway } from '../../support/real-servers';

/** No deadline of a run. */
const PATIENT = new AbortController().signal;

const user = (user_name: string) =>
  group('IAM_User_Details', { account_id: '1' }, [
    sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name }, 7),
  ]);

describe('against a real Pushgateway', () => {
  let gateway: Server;
  beforeAll(async () => {
    gateway = await realPushgateway();
  });
  afterAll(() => gateway.stop());

  test('replaces a group whole, and deletes it', async () => {
    const sink = pushgatewaySink({ url: `${gateway.url}/` });
    await sink.put(user('alice'), PATIENT);
    await sink.put(user('bob'), PATIENT);
    expect(await userNames(gateway)).toEqual(['bob']);
    await sink.delete(user('bob'), PATIENT);
    await sink.delete(user('bob'), PATIENT);
    await expectEventually(async () => expect(await userNames(gateway)).toEqual([]));
  });

  test('hostile label values are read back exactly', async () => {
    const names = fc.sample(hostileText(), { numRuns: 300, seed: 1 });
    const distinct = [...new Set(names)];
    const samples = distinct.map((user_name) =>
      sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name }, 7),
    );
    await pushgatewaySink({ url: gateway.url }).put(
      group('IAM_User_Details', { account_id: '1' }, samples),
      PATIENT,
    );
    expect((await userNames(gateway)).sort()).toEqual(distinct.sort());
  });

  test('hostile grouping values are read back exactly', async () => {
    const sink = pushgatewaySink({ url: gateway.url });
    for (const deployment of [
      ...fc.sample(hostileText(), { numRuns: 60, seed: 2 }),
      '',
      '.',
      '..',
      '/',
      'a/b',
      'https://x/?y#z',
    ]) {
      const pushed = { ...user('alice'), groupingKey: { account_id: '1', deployment } };
      await sink.put(pushed, PATIENT);
      expect(await groupingValues(gateway, 'deployment')).toContain(deployment);
      await sink.delete(pushed, PATIENT);
    }
  });

  test('a rejected push names its job and the gateway’s first line', async () => {
    const clash = { ...user('alice'), groupingKey: { 'not-a-label': '1' } };
    await expect(pushgatewaySink({ url: gateway.url }).put(clash, PATIENT)).rejects.toThrow(
      /^job IAM_User_Details: expected 200 or 202 from the Pushgateway at http:\/\/127\.0\.0\.1:\d+, got 400: .*not-a-label/,
    );
  });
});

test('the headers of the secret open a gateway that wants a password', async () => {
  const gateway = await realPushgateway({ webConfigFile: path.join(__dirname, 'web-config.yml') });
  try {
    await expect(pushgatewaySink({ url: gateway.url }).put(user('alice'), PATIENT)).rejects.toThrow(
      'got 401: Unauthorized',
    );
    const headers = { Authorization: `Basic ${Buffer.from('tollgate:test').toString('base64')}` };
    await pushgatewaySink({ url: gateway.url, headers }).put(user('alice'), PATIENT);
  } finally {
    await gateway.stop();
  }
});

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
    timeoutMs: 300,
  });
  await expect(sink.put(user('alice'), PATIENT)).rejects.toThrow(problem);
  server.closeAllConnections();
  server.close();
});

describe('connections', () => {
  const servers: HttpServer[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

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
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    return { seen, sink: pushgatewaySink({ url: `http://127.0.0.1:${port}`, ...options }) };
  }
  type Headers = Readonly<Record<string, string>>;

  test('one connection serves groups that follow each other, whether they are accepted or refused', async () => {
    const { seen, sink } = await sinkTo((request, answer) =>
      answer.writeHead(request.method === 'PUT' ? 503 : 202).end('said'),
    );
    for (let i = 0; i < 3; i += 1) {
      await expect(sink.put(user('alice'), PATIENT)).rejects.toThrow('got 503: said');
      await sink.delete(user('alice'), PATIENT);
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
      { timeoutMs: 300 },
    );
    await expect(sink.put(user('alice'), PATIENT)).rejects.toThrow(
      /^job IAM_User_Details: no answer from .*: The operation was aborted due to timeout$/,
    );
  });

  test('a deadline that passes within an answer is reported as the end of the time for pushing', async () => {
    const deadline = new AbortController();
    const { sink } = await sinkTo((_, answer) => {
      answer.writeHead(200);
      answer.write('.', () => deadline.abort());
    });
    await expect(sink.put(user('alice'), deadline.signal)).rejects.toThrow(
      expect.objectContaining({ name: 'PushTimeoutError' }),
    );
  });

  test('an answer that is cut is a failure', async () => {
    const { seen, sink } = await sinkTo((_, answer) => {
      answer.writeHead(200, { 'Content-Length': '100' });
      answer.write('half', () => answer.destroy());
    });
    await expect(sink.put(user('alice'), PATIENT)).rejects.toThrow(
      'the connection was cut within the answer',
    );
    expect(seen.requests).toBe(1);
  });

  test('an endless error page is read up to a limit, and its connection is closed', async () => {
    const closed: Promise<void>[] = [];
    const { sink } = await sinkTo((_, answer) => {
      answer.writeHead(500);
      answer.write('Broken\n');
      const page = setInterval(() => answer.write('x'.repeat(10_000)), 1);
      closed.push(new Promise((resolve) => answer.on('close', () => resolve(clearInterval(page)))));
    });
    await expect(sink.put(user('alice'), PATIENT)).rejects.toThrow('got 500: Broken');
    await Promise.all(closed);
  });

  test('an endless list of groups after a rejection is read up to a limit, and the rejection is reported', async () => {
    const { seen, sink } = await sinkTo((request, answer) => {
      if (request.method === 'PUT') return void answer.writeHead(400).end('no');
      const group = ' '.repeat(1_000_000);
      const list = setInterval(() => answer.write(group), 1);
      answer.on('close', () => clearInterval(list));
    });
    await expect(sink.put(user('alice'), PATIENT)).rejects.toThrow('got 400: no');
    expect(seen.requests).toBe(2);
  });

  test('a kept connection that the server has closed is replaced, and the request is sent again at once', async () => {
    const { seen, sink } = await sinkTo((request, answer) => {
      if (seen.requests === 2) request.socket.resetAndDestroy();
      else answer.writeHead(200).end();
    });
    await sink.put(user('alice'), PATIENT);
    await sink.put(user('bob'), PATIENT);
    expect(seen).toEqual({ connections: 2, requests: 3 });
  });

  test('a request is sent again only once, and not after a reset of a new connection', async () => {
    const { seen, sink } = await sinkTo((request, answer) => {
      if (seen.requests > 1) request.socket.resetAndDestroy();
      else answer.writeHead(200).end();
    });
    await sink.put(user('alice'), PATIENT);
    await expect(sink.put(user('bob'), PATIENT)).rejects.toThrow(/no answer from .*(ECONNRESET|hang up)/);
    expect(seen.requests).toBe(3);
  });

  test('a redirect is not followed, and its target is not shown if headers are secret', async () => {
    const { seen, sink } = await sinkTo(
      ({ headers }, answer) => answer.writeHead(302, { Location: `/?was=${headers.authorization}` }).end(),
      { headers: { Authorization: 'Bearer canary' } },
    );
    const failed: Error = await sink.put(user('alice'), PATIENT).catch((error) => error);
    expect(failed.message).toContain('got 302: (answer withheld');
    expect(failed.message).not.toContain('canary');
    expect(seen.requests).toBe(1);
  });

  test('no connection keeps a process from ending', async () => {
    const { sink } = await sinkTo((_, answer) => answer.writeHead(200).end());
    await sink.put(user('alice'), PATIENT);
    const held = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap');
    expect(held.length).toBeLessThanOrEqual(1); // the server's end of it
  });
});

test('the error about an unreachable gateway names its URL and the cause', async () => {
  const server = await listen(() => {});
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await expect(
    pushgatewaySink({ url: `http://127.0.0.1:${port}` }).put(user('alice'), PATIENT),
  ).rejects.toThrow(
    `job IAM_User_Details: no answer from the Pushgateway at http://127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
  );
});

test('an empty group is refused, because the gateway would delete the old group for it', async () => {
  await expect(
    pushgatewaySink({ url: 'http://127.0.0.1:9' }).put({ ...user('alice'), samples: [] }, PATIENT),
  ).rejects.toThrow('job IAM_User_Details: expected at least one sample');
});

test('promtool finds nothing to say about the text', async () => {
  const text = [...(await exposition(user('alice'))).chunks].join('');
  const { promtool } = await realPrograms('promtool');
  expect(await checkMetrics(promtool, text)).toBe('');
});

/** Any text but lone surrogates, which no UTF-8 can carry. */
function hostileText() {
  const nasty = fc.constantFrom(
    '"',
    '\\',
    '\n',
    '\r',
    '\t',
    '\0',
    '/',
    '..',
    '{}',
    '=',
    ',',
    '😀',
    '‮',
    '#',
    '%2F',
    '$',
  );
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(nasty).map((parts) => parts.join('')),
    fc.string({ minLength: 500, maxLength: 900 }),
  );
}

type Series = { labels: Record<string, string> };
type GatewayGroup = { labels: Record<string, string> } & Record<string, { metrics?: Series[] }>;

async function groups({ url }: Server): Promise<GatewayGroup[]> {
  const { data } = (await (await fetch(`${url}/api/v1/metrics`)).json()) as { data: GatewayGroup[] };
  return data;
}

async function userNames(gateway: Server): Promise<(string | undefined)[]> {
  const all = await groups(gateway);
  return all.flatMap(
    (one) => one.aws_iam_user_create_timestamp_seconds?.metrics?.map(({ labels }) => labels.user_name) ?? [],
  );
}

async function groupingValues(gateway: Server, label: string): Promise<(string | undefined)[]> {
  return (await groups(gateway)).map(({ labels }) => labels[label]);
}

async function listen(listener: RequestListener): Promise<HttpServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Deletions are queued in the gateway. */
async function expectEventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 2_000; ; tries -= 1) {
    try {
      return await check();
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
