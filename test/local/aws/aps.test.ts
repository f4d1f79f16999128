import { httpExchange } from '../../../lambdas/sinks/http-exchange';
import type { Series } from '../../../lambdas/sinks/remote-write/series';
import { workspaceSigner } from '../../../lambdas/sinks/remote-write/signer';
import { type WriteRequest, writeRequests } from '../../../lambdas/sinks/remote-write/write-request';
import { type SimulatedWorkspace, simulatedWorkspace } from '../../../lib/local/aws/aps/workspace';
import type { SimulatedAws, SimulatedAwsOptions } from '../../../lib/local/aws/server';
import { ACCOUNT, simulate, stopAll } from './simulation';

afterEach(stopAll);

const NOW = new Date('2026-03-15T12:00:00Z');
const WORKSPACE = 'ws-0a1b2c3d';
const ARN = `arn:aws:aps:eu-west-1:${ACCOUNT}:workspace/${WORKSPACE}`;

test('accepts the samples of a signed request and holds them', async () => {
  const { workspace, write, aws } = await managed();
  expect(await write(series(7), NOW)).toEqual({ status: 200, text: '' });
  expect([...workspace.samples]).toEqual([
    ['{"__name__":"m","job":"a"}', [{ value: 7, timestamp: NOW.getTime() }]],
  ]);
  expect(aws.requests).toEqual([{ caller: 'collector', action: 'aps:RemoteWrite', page: 1, status: 200 }]);
});

describe('refuses the whole request', () => {
  const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);
  const BYTES = 'x'.repeat(2_049);

  test.each<[string, Series, Date, string]>([
    ['for a sample older than an hour', series(1), minutes(-61), 'sample timestamp too old'],
    ['for a sample before the last one of its series', series(1), minutes(-2), 'out of order sample'],
    ['for another value at the same time', series(8), NOW, 'duplicate sample for timestamp'],
    ['for more than 70 labels', { labels: labels(71), value: 1 }, NOW, 'too many labels (actual: 71)'],
    ['without a name', { labels: { job: 'a' }, value: 1 }, NOW, 'sample missing metric name'],
    [
      'for a long value',
      { labels: { __name__: 'm', a: BYTES }, value: 1 },
      NOW,
      "label value too long for 'a'",
    ],
    [
      'for a long name',
      { labels: { __name__: 'm', [`a${BYTES}`]: '1' }, value: 1 },
      NOW,
      'label name too long',
    ],
    [
      'for an empty value',
      { labels: { __name__: 'm', a: '' }, value: 1 },
      NOW,
      "empty value of the label 'a'",
    ],
    ['for labels that are not sorted', { labels: { job: 'a', __name__: 'm' }, value: 1 }, NOW, 'not sorted'],
  ])('%s', async (_, bad, time, problem) => {
    const { workspace, write } = await managed();
    await write(series(7), NOW);
    const good: Series = { labels: { __name__: 'good' }, value: 1 };
    const { status, text } = await write([good, bad], time);
    expect([status, text]).toEqual([400, expect.stringContaining(problem)]);
    expect([...workspace.samples.keys()]).toEqual(['{"__name__":"m","job":"a"}']);
  });

  test('of more than 1 MB', async () => {
    const { send } = await managed();
    const body = Buffer.alloc(1024 * 1024 + 1);
    expect((await send({ headers: HEADERS, body })).status).toBe(413);
  });

  test('of another form or version', async () => {
    const { send } = await managed();
    const body = Buffer.from('text');
    expect((await send({ headers: HEADERS, body })).text).toContain('expected a remote-write request, got: ');
    const newer = { ...HEADERS, 'X-Prometheus-Remote-Write-Version': '2.0.0' };
    expect((await send({ headers: newer, body })).text).toContain(
      'expected the header x-prometheus-remote-write',
    );
  });
});

test('the same sample again is accepted once, also a NaN', async () => {
  const { workspace, write } = await managed();
  for (const value of [7, 7]) expect((await write(series(value), NOW)).status).toBe(200);
  const later = new Date(NOW.getTime() + 1_000);
  for (let i = 0; i < 2; i += 1) expect((await write(series(Number.NaN), later)).status).toBe(200);
  expect([...workspace.samples.values()]).toEqual([
    [
      { value: 7, timestamp: NOW.getTime() },
      { value: Number.NaN, timestamp: later.getTime() },
    ],
  ]);
});

describe('access', () => {
  test('needs a signature of the body for this service', async () => {
    const { aws, send } = await managed();
    const request = requestOf(series(1), NOW);
    const unsigned = await exchange({ method: 'POST', url: urlAt(aws), ...request });
    expect([unsigned.status, unsigned.text]).toEqual([403, 'Missing Authentication Token\n']);
    const tampered = await send(request, { body: Buffer.concat([request.body, Buffer.of(0)]) });
    expect([tampered.status, tampered.text]).toEqual([403, expect.stringContaining('signature')]);
  });

  test('is allowed by aps:RemoteWrite on the workspace alone', async () => {
    const caller = { accessKeyId: 'AKIACOLLECTOR', name: 'collector' };
    const allowed = await managed({
      callers: [{ ...caller, actions: [{ action: 'aps:RemoteWrite', resource: ARN }] }],
    });
    expect((await allowed.write(series(1), NOW)).status).toBe(200);
    const other = ARN.replace(WORKSPACE, 'ws-other');
    const denied = await managed({
      callers: [{ ...caller, actions: [{ action: 'aps:RemoteWrite', resource: other }] }],
    });
    const { status, text } = await denied.write(series(1), NOW);
    expect([status, text]).toEqual([
      403,
      expect.stringContaining(`not authorized to perform: aps:RemoteWrite on resource: ${ARN}`),
    ]);
  });

  test('to a workspace that does not exist is refused', async () => {
    const { write } = await managed({ workspaces: [] });
    expect((await write(series(1), NOW)).status).toBe(404);
  });
});

test('a throttled request is answered with 429 and Retry-After', async () => {
  const { send } = await managed({ faults: [{ action: 'aps:RemoteWrite', kind: 'throttle', turns: [1] }] });
  const { status, headers } = await send(requestOf(series(1), NOW));
  expect([status, headers['retry-after']]).toEqual([429, '1']);
  expect((await send(requestOf(series(1), NOW))).status).toBe(200);
});

test('no other operation of a workspace is modelled', async () => {
  const { aws, sign } = await managed();
  const url = urlAt(aws).replace('remote_write', 'query');
  const headers = await sign(url, requestOf(series(1), NOW));
  const { status, text } = await exchange({ method: 'GET', url, headers });
  expect([status, text]).toEqual([400, expect.stringContaining('got aps:GET query')]);
});

const HEADERS = {
  'Content-Encoding': 'snappy',
  'Content-Type': 'application/x-protobuf',
  'X-Prometheus-Remote-Write-Version': '0.1.0',
};

function series(value: number): Series {
  return { labels: { __name__: 'm', job: 'a' }, value };
}

function labels(count: number): Record<string, string> {
  const names = Array.from({ length: count - 1 }, (_, i) => `l${String(i).padStart(3, '0')}`);
  return Object.fromEntries(['__name__', ...names].map((name) => [name, '1']));
}

function requestOf(some: Series | readonly Series[], time: Date): WriteRequest {
  const [request] = [...writeRequests([some].flat(), time)];
  if (!request) throw new Error('expected a request, got none');
  return request;
}

/** Starts a simulated AWS with a workspace at a fixed time. */
async function managed(options: Partial<SimulatedAwsOptions> = {}) {
  const workspace: SimulatedWorkspace = simulatedWorkspace({ id: WORKSPACE, now: () => NOW });
  const aws = await simulate({ workspaces: [workspace], ...options });
  const credentials = async () => ({ accessKeyId: 'AKIACOLLECTOR', secretAccessKey: 'secret' });
  const sign = workspaceSigner({ region: 'eu-west-1', credentials });
  const send = async (request: WriteRequest, changed: Partial<WriteRequest> = {}) => {
    const headers = await sign(urlAt(aws), request);
    return exchange({ method: 'POST', url: urlAt(aws), body: request.body, ...changed, headers });
  };
  const write = async (some: Series | readonly Series[], time: Date) => {
    const { status, text } = await send(requestOf(some, time));
    return { status, text };
  };
  return { aws, workspace, sign, send, write };
}

function urlAt({ url }: SimulatedAws): string {
  return `${url}/workspaces/${WORKSPACE}/api/v1/remote_write`;
}

const connections = httpExchange();

function exchange(request: Omit<Parameters<typeof connections>[0], 'signal' | 'limit'>) {
  return connections({ ...request, signal: new AbortController().signal, limit: 10_000 });
}
