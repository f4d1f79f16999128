import { Gauge, type PushHandler, Registry } from '../../../lambdas';
import type { SinkSettings } from '../../../lambdas/catalog/sink-settings';
import { NO_SERIES } from '../../../lambdas/sinks/sink';
import { sinkFor } from '../../../lambdas/sinks/sink-for';
import { startHttpServer } from '../../support/http-server';
import { stopAfterEach } from '../../support/stop';

/** Adds a token that is fetched at the time of the push. */
function withToken(fetchToken: () => Promise<string>): PushHandler {
  return async (request, send) =>
    send({ ...request, headers: { ...request.headers, Authorization: `Bearer ${await fetchToken()}` } });
}

test.each(['pushgateway', 'remote-write'] as const)(
  'a push handler adds a token to each request to a sink of type %s',
  async (type) => {
    const tokens: (string | undefined)[] = [];
    const url = await receiver(({ authorization }) => {
      tokens.push(authorization);
      return { status: type === 'pushgateway' ? 200 : 204, text: '' };
    });
    const fresh = ['token-1', 'token-2'];
    const push = withToken(async () => fresh.shift() ?? 'none');
    await put({ type, url }, push);
    await put({ type, url }, push);
    expect(tokens).toEqual(['Bearer token-1', 'Bearer token-2']);
  },
);

test.each(['pushgateway', 'remote-write'] as const)(
  'an answer of a sink of type %s that echoes the token is not shown',
  async (type) => {
    const url = await receiver(({ authorization }) => ({ status: 401, text: `${authorization}` }));
    const error = await put(
      { type, url },
      withToken(async () => 'top-secret'),
    ).catch((reason) => reason);
    expect(error.message).toContain('401');
    expect(error.message).not.toContain('top-secret');
  },
);

test('a push handler may use a transport of its own', async () => {
  const sent: string[] = [];
  await put({ type: 'pushgateway', url: 'http://127.0.0.1:9' }, async ({ method, url }) => {
    sent.push(`${method} ${url}`);
    return { status: 200, headers: {}, text: '' };
  });
  expect(sent).toEqual(['PUT http://127.0.0.1:9/metrics/job@base64/cXVldWVz']);
});

async function put(settings: SinkSettings, push: PushHandler): Promise<void> {
  const registry = new Registry();
  new Gauge({ name: 'queue_messages', help: 'Messages.', registers: [registry] }).set(1);
  const sink = sinkFor(settings, {
    push,
    credentials: () => Promise.reject(new Error('expected no signature')),
  });
  const call = { signal: new AbortController().signal, time: new Date('2026-03-01'), series: NO_SERIES };
  await sink.put({ job: 'queues', groupingKey: {}, registry, size: 1 }, call);
}

async function receiver(
  answer: (headers: { readonly authorization?: string }) => {
    readonly status: number;
    readonly text: string;
  },
): Promise<string> {
  const server = await stopAfterEach(
    startHttpServer(({ headers }, response) => {
      const { status, text } = answer(headers);
      response.statusCode = status;
      response.end(text);
    }),
  );
  return server.url;
}
