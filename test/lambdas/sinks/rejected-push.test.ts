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

function push(): Promise<void> {
  return pushgatewaySink({ url: gateway.url }).put(USERS, new AbortController().signal);
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
