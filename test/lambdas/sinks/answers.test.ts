import { gunzipSync } from 'node:zlib';
import { exposition } from '../../../lambdas/metrics/exposition';
import { group } from '../../../lambdas/metrics/group';
import { registered } from '../../../lambdas/metrics/registered-group';
import { toRegistry } from '../../../lambdas/metrics/registry';
import { sample } from '../../../lambdas/metrics/sample';
import type { HttpAnswer, HttpRequest } from '../../../lambdas/sinks/http-exchange';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { callOf } from '../../support/sink-call';

const PATIENT = new AbortController().signal;

const users = (count: number) =>
  group(
    'IAM_User_Details',
    { account_id: '1' },
    Array.from({ length: count }, (_, i) =>
      sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name: `user-${i}` }, 7),
    ),
  );
const USER = users(1);

describe('a web page instead of a Pushgateway', () => {
  const PAGE = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, text: '<p>Log in' };

  test.each<[string, HttpAnswer, string]>([
    ['by its content type', PAGE, 'text/html; charset=utf-8'],
    ['by XHTML', { ...PAGE, headers: { 'content-type': 'application/xhtml+xml' } }, 'application/xhtml+xml'],
    ['by its text', { ...PAGE, headers: {}, text: '\n<!DOCTYPE html>\n…' }, 'missing'],
    [
      'by its tag',
      { ...PAGE, headers: { 'content-type': 'text/plain' }, text: '<html lang="en">' },
      'text/plain',
    ],
  ])('is recognised %s', async (_, page, type) => {
    const { sink } = sending(() => page);
    const problem = `expected a Pushgateway at https://x, got an HTML page (content type ${type}): check its URL in the setting sinks`;
    await expect(sink.put(registered(USER), callOf(PATIENT))).rejects.toThrow(
      new Error(`job IAM_User_Details: ${problem}`),
    );
    await expect(sink.delete(USER, callOf(PATIENT))).rejects.toThrow(
      new Error(`job IAM_User_Details: ${problem}`),
    );
    await expect(sink.check(PATIENT)).rejects.toThrow(new Error(problem));
  });

  test('is not shown to those whose secret headers it could echo, nor is its content type', async () => {
    const { sink } = sending(
      () => ({ ...PAGE, headers: { 'content-type': 'text/html; was=canary' }, text: '<p>canary' }),
      { Authorization: 'canary' },
    );
    const failed: Error = await sink.check(PATIENT).catch((error) => error);
    expect(failed.message).toMatch(/got an HTML page \(content type withheld\)/);
    expect(failed.message).not.toContain('canary');
  });

  test.each([401, 404, 405, 500])('with the status %i is an answer to a check', async (status) => {
    const { sink, sent } = sending(() => ({ ...PAGE, status }));
    await sink.check(PATIENT);
    expect(sent.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', 'https://x/metrics/job@base64/dG9sbGdhdGU', undefined],
    ]);
  });
});

test('a check without an answer is an error that names the URL and no job', async () => {
  const { sink } = sending(() => {
    throw new Error('ECONNREFUSED');
  });
  await expect(sink.check(PATIENT)).rejects.toThrow(
    expect.objectContaining({
      name: 'PushError',
      message: 'no answer from the Pushgateway at https://x: ECONNREFUSED',
    }),
  );
});

describe('a gateway without gzip', () => {
  const WITHOUT_GZIP = /1\.5\.0 or newer at https:\/\/x, behind proxies that pass gzip on; got a refusal/;
  const lacking = (status: number) => (request: HttpRequest) =>
    isCompressed(request)
      ? answer(status, 'text format parsing error in line 1: invalid metric name')
      : answer(200);

  test.each([400, 415])('that answers %i is named, and asked once', async (status) => {
    const { sink, sent } = sending(lacking(status));
    await expect(sink.put(registered(USER), callOf(PATIENT))).rejects.toThrow(WITHOUT_GZIP);
    await expect(sink.put(registered(users(2_000)), callOf(PATIENT))).rejects.toThrow(WITHOUT_GZIP);
    expect(sent.map(isCompressed)).toEqual([true, false]);
    expect(sent[1]?.body?.toString()).toBe([...(await exposition(toRegistry(USER))).chunks].join(''));
  });

  test('is not assumed when both forms are refused, or after another status', async () => {
    const { sink, sent } = sending(() => answer(400, 'inconsistent'));
    await expect(sink.put(registered(USER), callOf(PATIENT))).rejects.toThrow('got 400: inconsistent');
    expect(sent).toHaveLength(2);
    const denied = sending(() => answer(403, 'no'));
    await expect(denied.sink.put(registered(USER), callOf(PATIENT))).rejects.toThrow('got 403: no');
    expect(denied.sent).toHaveLength(1);
  });

  test('is not looked for when a group with gzip has been accepted, or with a large group', async () => {
    const { sink, sent } = sending(({ url }) => answer(url.includes('Mg') ? 400 : 200));
    await sink.put(registered(USER), callOf(PATIENT));
    const refused = { ...USER, groupingKey: { account_id: '2' } };
    await expect(sink.put(registered({ ...refused, samples: [] }), callOf(PATIENT))).rejects.toThrow(
      'at least one sample',
    );
    expect(sent).toHaveLength(1);
    const large = sending(() => answer(400, 'too large'));
    await expect(large.sink.put(registered(users(1_000)), callOf(PATIENT))).rejects.toThrow(
      'got 400: too large',
    );
    expect(large.sent).toHaveLength(1);
  });
});

function sending(
  answering: (request: HttpRequest) => HttpAnswer,
  headers: Readonly<Record<string, string>> = {},
) {
  const sent: HttpRequest[] = [];
  const exchange = async (request: HttpRequest) => {
    sent.push(request);
    return answering(request);
  };
  const timing = { now: Date.now, sleep: async () => {}, after: () => PATIENT, random: () => 0 };
  return { sent, sink: pushgatewaySink({ url: 'https://x', headers, exchange, timing }) };
}

function isCompressed({ body }: HttpRequest): boolean {
  try {
    return gunzipSync(body ?? '').length > 0;
  } catch {
    return false;
  }
}

function answer(status: number, text = ''): HttpAnswer {
  return { status, headers: {}, text };
}
