import { group } from '../../../lambdas/metrics/group';
import { sample } from '../../../lambdas/metrics/sample';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import {
  type Answering,
  type RecordingGateway,
  startRecordingGateway,
} from '../../support/recording-gateway';

const USERS = group('IAM_User_Details', { account_id: '1' }, [
  sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name: 'ana' }, 7),
]);
const LABELS = { job: 'IAM_User_Details', account_id: '1' };

let gateway: RecordingGateway;
afterEach(() => gateway.stop());

test('a push replaces the group by PUT', async () => {
  gateway = await startRecordingGateway();
  await push();
  expect(gateway.requests.map(({ method }) => method)).toEqual(['PUT']);
});

test('the empty group that a rejected push creates is deleted', async () => {
  gateway = await startRecordingGateway(rejectingWith([{ labels: LABELS, ...pushedAt('0') }]));
  await expect(push()).rejects.toThrow('got 400: inconsistent');
  expect(gateway.requests.map(({ method }) => method)).toEqual(['PUT', 'GET', 'DELETE']);
});

test('a group of an earlier push is kept after a rejection', async () => {
  gateway = await startRecordingGateway(rejectingWith([{ labels: LABELS, ...pushedAt('1.7e+09') }]));
  await expect(push()).rejects.toThrow('got 400: inconsistent');
  expect(gateway.requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
});

test('the groups are read again until the gateway shows the rejection', async () => {
  let reads = 0;
  const other = { labels: { ...LABELS, deployment: 'blue' }, ...pushedAt('0') };
  const empty = { labels: LABELS, ...pushedAt('0') };
  gateway = await startRecordingGateway((request, response) => {
    reads += request.method === 'GET' ? 1 : 0;
    rejectingWith(reads < 3 ? [other] : [other, empty])(request, response);
  });
  await expect(push()).rejects.toThrow('got 400: inconsistent');
  expect(gateway.requests.map(({ method }) => method)).toEqual(['PUT', 'GET', 'GET', 'GET', 'DELETE']);
});

test.each<[string, readonly object[]]>([
  ['nothing', []],
  ['a group with a label more', [{ labels: { ...LABELS, deployment: 'blue' }, ...pushedAt('0') }]],
  ['a group with a label less', [{ labels: { job: LABELS.job }, ...pushedAt('0') }]],
  ['a group of another account', [{ labels: { ...LABELS, account_id: '2' }, ...pushedAt('0') }]],
])('the gateway is asked five times at most, and %s is never deleted', async (_, stored) => {
  gateway = await startRecordingGateway(rejectingWith(stored));
  await expect(push()).rejects.toThrow('got 400: inconsistent');
  expect(gateway.requests.map(({ method, url }) => (method === 'GET' ? url : method))).toEqual([
    'PUT',
    ...Array(5).fill('/api/v1/metrics'),
  ]);
});

test('the gateway is asked at its base URL, with or without a slash', async () => {
  gateway = await startRecordingGateway(rejectingWith([{ labels: LABELS, ...pushedAt('0') }]));
  await expect(push(`${gateway.url}/base//`)).rejects.toThrow('got 400: inconsistent');
  expect(
    gateway.requests.map(({ method, url }) => `${method} ${url.replace(/metrics\/.*/, 'metrics/…')}`),
  ).toEqual(['PUT /base/metrics/…', 'GET /base/api/v1/metrics', 'DELETE /base/metrics/…']);
});

test.each<[string, object]>([
  ['without a time of its push', {}],
  ['without a series of that time', { push_time_seconds: {} }],
  ['with an empty series', { push_time_seconds: { metrics: [] } }],
  ['without a value', { push_time_seconds: { metrics: [{}] } }],
])('a group %s stays', async (_, time) => {
  gateway = await startRecordingGateway(rejectingWith([{ labels: LABELS, ...time }]));
  await expect(push()).rejects.toThrow('got 400: inconsistent');
  expect(gateway.requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
});

test('a refused deletion and any other status leave no ghost to look for', async () => {
  gateway = await startRecordingGateway(({ method }, response) =>
    response.writeHead(method === 'PUT' ? 401 : 400).end('no'),
  );
  await expect(push()).rejects.toThrow('got 401: no');
  await expect(
    pushgatewaySink({ url: gateway.url }).delete(USERS, new AbortController().signal),
  ).rejects.toThrow('got 400: no');
  expect(gateway.requests.map(({ method }) => method)).toEqual(['PUT', 'DELETE']);
});

function push(url = gateway.url): Promise<void> {
  return pushgatewaySink({ url }).put(USERS, new AbortController().signal);
}

function rejectingWith(data: readonly object[]): Answering {
  return ({ method }, response) => {
    if (method === 'PUT') response.writeHead(400).end('inconsistent');
    else if (method === 'GET') response.end(JSON.stringify({ status: 'success', data }));
    else response.writeHead(202).end();
  };
}

function pushedAt(value: string) {
  return { push_time_seconds: { metrics: [{ value }] } };
}
