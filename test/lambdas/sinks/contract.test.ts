import { group } from '../../../lambdas/metrics/group';
import { registered } from '../../../lambdas/metrics/registered-group';
import { sample } from '../../../lambdas/metrics/sample';
import type { HttpAnswer, HttpExchange } from '../../../lambdas/sinks/http-exchange';
import { virtualTime } from '../../support/virtual-time';
import { calls, HTTP_SINKS } from './contract';

const PATIENT = new AbortController().signal;
const START = virtualTime().now();

/** Seconds that one put may take with the default limits: all attempts at a request, and a check. */
const LONGEST_S = 20;

const USER = registered(
  group('IAM_User_Details', { account_id: '1' }, [
    sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name: 'alice' }, 7),
  ]),
);

const ENDPOINTS: Readonly<Record<string, HttpExchange>> = {
  'refuses connections': fails('ECONNREFUSED'),
  'resets connections': fails('ECONNRESET'),
  'never answers': ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  'answers 401': answers(401),
  'answers 413': answers(413),
  'answers 429 with Retry-After': answers(429, { 'retry-after': '3' }),
  'answers 429 with a Retry-After of a day': answers(429, { 'retry-after': '86400' }),
  'answers 500': answers(500),
  'answers an HTML page': answers(200, { 'content-type': 'text/html' }),
};

describe.each(HTTP_SINKS.map((kind) => [kind.name, kind] as const))(
  '%s, with an endpoint that',
  (_, kind) => {
    test.each(Object.entries(ENDPOINTS))(
      '%s: a put ends in time, is named, and says no secret; more puts take no time if it is dead',
      async (what, bad) => {
        let exchange = bad;
        const timing = virtualTime();
        const headers = { Authorization: 'canary' };
        const url = kind.urlAt('http://gateway.example.com');
        const sink = kind.sinkAt(url, { exchange: (request) => exchange(request), headers, timing });
        const call = calls(timing.now);

        const failed: Error = await sink.put(USER, call(USER)).catch((error) => error);
        expect(failed.message).toMatch(/^job IAM_User_Details: /);
        expect(failed.message).toContain(url);
        expect(failed.message).not.toContain('canary');
        expect((timing.now() - START) / 1_000).toBeLessThanOrEqual(LONGEST_S);

        const before = timing.now();
        for (let i = 0; i < 20; i += 1) await expect(sink.put(USER, call(USER))).rejects.toThrow('job IAM_');
        if (/connections|never/.test(what)) expect(timing.now()).toBe(before);

        exchange = answers(200);
        await sink.check(PATIENT);
        await sink.put(USER, call(USER));
      },
    );
  },
);

function answers(status: number, headers: HttpAnswer['headers'] = {}): HttpExchange {
  return async (request) => ({ status, headers, text: JSON.stringify(request.headers) });
}

function fails(code: string): HttpExchange {
  return async () => {
    throw Object.assign(new Error(`connect ${code} 192.0.2.1:9091`), { code });
  };
}
