import { gunzipSync } from 'node:zlib';
import { application } from '../../lib/serve/application';
import { runtimeMetrics } from '../../lib/serve/runtime-metrics';
import type { Served } from '../../lib/serve/served';
import { openMetricsFaults } from '../support/open-metrics';
import { health, heldOf } from './served';

const PROMETHEUS =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

async function served(different: Partial<Served> = {}): Promise<Served> {
  const held = await heldOf(health('roles'));
  const quiet = () => {};
  return {
    snapshot: held.current,
    notReady: () => undefined,
    runtime: runtimeMetrics(),
    log: quiet,
    ...different,
  };
}

test.each([
  ['/', 'text/html; charset=utf-8', /href="metrics"/],
  ['/metrics', 'text/plain; version=0.0.4; charset=utf-8', /^tollgate_run_incomplete\{/m],
  ['/-/healthy', 'text/plain; charset=utf-8', /^healthy$/m],
  ['/-/ready', 'text/plain; charset=utf-8', /^ready$/m],
])('%s answers GET, and HEAD with the same headers and no body', async (path, type, content) => {
  const app = application(await served());
  const got = await app.request(path);
  const head = await app.request(path, { method: 'HEAD' });
  const body = await got.text();
  expect([got.status, got.headers.get('content-type')]).toEqual([200, type]);
  expect(body).toMatch(content);
  expect(got.headers.get('content-length')).toBe(String(Buffer.byteLength(body)));
  expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, type, '']);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0);
});

test.each([
  ['/metrics', 'POST', 405, 'GET, HEAD'],
  ['/-/ready', 'DELETE', 405, 'GET, HEAD'],
  ['/', 'OPTIONS', 405, 'GET, HEAD'],
  ['/metrics/', 'GET', 404, null],
  ['/api/v1/query', 'POST', 404, null],
  ['/__proto__', 'GET', 404, null],
])('%s %s is refused with %d', async (path, method, status, allow) => {
  const answer = await application(await served()).request(path, { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([status, allow]);
});

test('the reason why the exporter is not ready is in the answer', async () => {
  const app = application(await served({ notReady: () => 'roles has no complete run yet' }));
  const answer = await app.request('/-/ready');
  expect([answer.status, await answer.text()]).toEqual([503, 'not ready: roles has no complete run yet\n']);
});

test('OpenMetrics is valid, and has the groups and the metrics of the process', async () => {
  const app = application(await served());
  await app.request('/-/healthy', { headers: { 'x-correlation-id': 'a' } });
  const answer = await app.request('/metrics', { headers: { accept: PROMETHEUS } });
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe(
    'application/openmetrics-text; version=1.0.0; charset=utf-8',
  );
  expect(openMetricsFaults(text)).toEqual([]);
  expect(text).toContain('tollgate_run_incomplete{job="tollgate",instance="",account_id="111122223333"');
  expect(text).toMatch(/^http_requests_total\{method="GET",code="200"\} 1$/m);
  expect(text).toMatch(/^http_requests_created\{method="GET",code="200"\} \d/m);
  expect(text).toMatch(/^http_request_duration_seconds_bucket\{le="\+Inf"\} 1$/m);
  expect(text).toMatch(/^tollgate_build_info\{version="\d+\.\d+\.\d+",node_version="v\d+\.\d+\.\d+"\} 1$/m);
  expect(text).toMatch(/^process_cpu_seconds_total \d/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
  expect(text).toMatch(/^# TYPE nodejs_gc_duration_seconds histogram$/m);
});

test.each(['text/plain', PROMETHEUS])('gzip is one stream with the plain answer: %s', async (accept) => {
  const app = application(await served());
  const answer = await app.request('/metrics', { headers: { accept, 'accept-encoding': 'gzip' } });
  const body = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(answer.headers.get('vary')).toBe('Accept, Accept-Encoding');
  expect(answer.headers.get('content-length')).toBe(String(body.length));
  const text = gunzipSync(body).toString();
  expect(text).toMatch(/^tollgate_run_incomplete\{.*\} 0$/m);
  expect(text).toContain('# TYPE http_request_duration_seconds histogram');
});

test('a snapshot without groups is served', async () => {
  const app = application(await served({ snapshot: () => new Map() }));
  const answer = await app.request('/metrics', { headers: { accept: PROMETHEUS } });
  expect(openMetricsFaults(await answer.text())).toEqual([]);
});

test('requests are counted by method and code, also those that are refused; unusual methods share one value', async () => {
  const app = application(await served());
  const requests = [
    ['GET', '/x'],
    ['POST', '/metrics'],
    ['PROPFIND', '/metrics'],
    ['LINK', '/y'],
  ] as const;
  for (const [method, path] of requests) await app.request(path, { method });
  const text = await (await app.request('/metrics')).text();
  expect(text.match(/^http_requests_total\{.*$/gm)?.sort()).toEqual([
    'http_requests_total{method="GET",code="404"} 1',
    'http_requests_total{method="POST",code="405"} 1',
    'http_requests_total{method="other",code="404"} 1',
    'http_requests_total{method="other",code="405"} 1',
  ]);
});

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

test.each([
  ['abc-1.2_3', /^abc-1\.2_3$/],
  ['a'.repeat(128), /^a{128}$/],
  ['a'.repeat(129), UUID],
  ['a b', UUID],
  ['', UUID],
  [undefined, UUID],
])('the correlation id of a request with %j is returned and logged', async (given, expected) => {
  const records: Readonly<Record<string, unknown>>[] = [];
  const app = application(await served({ log: (record) => records.push(record) }));
  const headers = given === undefined ? {} : { 'x-correlation-id': given };
  const answer = await app.request('/-/healthy?secret=1', { headers });
  const id = answer.headers.get('x-correlation-id');
  expect(id).toMatch(expected);
  expect(records).toEqual([
    { method: 'GET', path: '/-/healthy', status: 200, ms: expect.any(Number), correlationId: id },
  ]);
});

test('an error is logged with its correlation id, counted, and not shown', async () => {
  const records: Readonly<Record<string, unknown>>[] = [];
  const snapshot = () => {
    throw new Error('a secret path');
  };
  const app = application(await served({ snapshot, log: (record) => records.push(record) }));
  const answer = await app.request('/metrics', { headers: { 'x-correlation-id': 'abc' } });
  expect([answer.status, answer.headers.get('x-correlation-id')]).toEqual([500, 'abc']);
  expect(await answer.text()).not.toContain('secret');
  expect(records).toMatchObject([
    { correlationId: 'abc', error: expect.stringContaining('a secret path') },
    { correlationId: 'abc', status: 500 },
  ]);
});
