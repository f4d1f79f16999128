import { group } from '../../../../lambdas/metrics/group';
import { registered } from '../../../../lambdas/metrics/registered-group';
import { sample } from '../../../../lambdas/metrics/sample';
import type { HttpAnswer, HttpRequest } from '../../../../lambdas/sinks/http-exchange';
import { remoteWriteSink } from '../../../../lambdas/sinks/remote-write/remote-write-sink';
import { decodeWriteRequest } from '../../../../lib/local/aws/aps/write-request';
import { callAt, recordingMemory, samplesIn } from '../../../support/remote-write';
import { virtualTime } from '../../../support/virtual-time';

const NOON = '2026-03-15T12:00:00Z';
const URL = 'https://x/api/v1/push';

const users = (...names: string[]) =>
  registered(
    group(
      'IAM_User_Details',
      { account_id: '1' },
      names.map((user_name) =>
        sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name }, 7),
      ),
    ),
  );

const seriesOf = (user: string) =>
  `aws_iam_user_create_timestamp_seconds{account_id="1",job="IAM_User_Details",user_name="${user}"}`;

describe('a put', () => {
  test('writes every series once, at the time of the call, by POST', async () => {
    const { sink, sent } = sending();
    await sink.put(users('ana', 'bob'), callAt(NOON, recordingMemory()));
    expect(sent.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
      {
        method: 'POST',
        url: URL,
        headers: {
          'Content-Encoding': 'snappy',
          'Content-Type': 'application/x-protobuf',
          'User-Agent': 'tollgate',
          'X-Prometheus-Remote-Write-Version': '0.1.0',
        },
      },
    ]);
    expect(written(sent)).toEqual([[`${seriesOf('ana')} 7`, `${seriesOf('bob')} 7`]]);
    const times = decodeWriteRequest(sent[0]?.body ?? Buffer.of()).map(
      ({ samples }) => samples[0]?.timestamp,
    );
    expect(times).toEqual([Date.parse(NOON), Date.parse(NOON)]);
  });

  test('ends the series that are gone, and remembers both until that is acknowledged', async () => {
    const { sink, sent } = sending();
    const memory = recordingMemory();
    await sink.put(users('ana', 'bob'), callAt(NOON, memory));
    await sink.put(users('bob', 'eve'), callAt('2026-03-16T12:00:00Z', memory));
    expect(written(sent).at(-1)).toEqual([
      `${seriesOf('bob')} 7`,
      `${seriesOf('eve')} 7`,
      `${seriesOf('ana')} NaN`,
    ]);
    expect(memory.writes).toEqual([
      [seriesOf('ana'), seriesOf('bob')],
      [seriesOf('ana'), seriesOf('bob'), seriesOf('eve')],
      [seriesOf('bob'), seriesOf('eve')],
    ]);
  });

  test('remembers new series before they are sent', async () => {
    const memory = recordingMemory();
    const remembered: number[] = [];
    const { sink } = sending(() => {
      remembered.push(memory.writes.length);
      return OK;
    });
    await sink.put(users('ana'), callAt(NOON, memory));
    expect(remembered).toEqual([1]);
  });

  test('of the same series as before does not write the memory', async () => {
    const { sink, sent } = sending();
    const memory = recordingMemory();
    await sink.put(users('ana', 'bob'), callAt(NOON, memory));
    await sink.put(users('bob', 'ana'), callAt(NOON, memory));
    expect([sent.length, memory.writes.length]).toEqual([2, 1]);
  });

  test('of which a request is refused rejects and keeps the union, and the next put writes the group whole', async () => {
    let refuses = false;
    const { sink, sent } = sending((n) => (refuses && n === 5 ? { ...OK, status: 400 } : OK), {
      limits: SINGLE,
    });
    const memory = recordingMemory();
    await sink.put(users('ana', 'bob'), callAt(NOON, memory));
    refuses = true;
    await expect(sink.put(users('bob', 'eve'), callAt('2026-03-16T12:00:00Z', memory))).rejects.toThrow(
      'job IAM_User_Details: expected 200, 202 or 204 from the remote-write receiver at https://x/api/v1/push, got 400',
    );
    expect(await memory.read()).toHaveLength(3);
    sent.length = 0;
    refuses = false;
    await sink.put(users('bob', 'eve'), callAt('2026-03-16T12:01:00Z', memory));
    expect(written(sent).flat().sort()).toEqual([
      `${seriesOf('ana')} NaN`,
      `${seriesOf('bob')} 7`,
      `${seriesOf('eve')} 7`,
    ]);
    expect(memory.writes.at(-1)).toEqual([seriesOf('bob'), seriesOf('eve')]);
  });

  test('whose memory cannot be read writes the group all the same, and rejects', async () => {
    const { sink, sent } = sending();
    const memory = recordingMemory();
    await sink.put(users('ana'), callAt(NOON, memory));
    const unreadable = { ...memory, read: () => Promise.reject(new Error('ledger: no answer')) };
    await expect(sink.put(users('bob'), callAt(NOON, unreadable))).rejects.toThrow('ledger: no answer');
    expect([written(sent).at(-1), memory.writes.length]).toEqual([[`${seriesOf('bob')} 7`], 1]);
    await expect(sink.delete(users(), callAt(NOON, unreadable))).rejects.toThrow('ledger: no answer');
    expect(sent).toHaveLength(2);
  });

  test('without samples is an error, because it would end every series', async () => {
    const { sink, sent } = sending();
    await expect(sink.put(users(), callAt(NOON, recordingMemory()))).rejects.toThrow(
      'job IAM_User_Details: expected at least one sample',
    );
    expect(sent).toEqual([]);
  });
});

describe('a deletion', () => {
  test('ends every series that is remembered, and then forgets them', async () => {
    const { sink, sent } = sending();
    const memory = recordingMemory();
    await sink.put(users('ana', 'bob'), callAt(NOON, memory));
    sent.length = 0;
    await sink.delete(users(), callAt('2026-03-16T12:00:00Z', memory));
    await sink.delete(users(), callAt('2026-03-16T12:00:00Z', memory));
    expect(written(sent)).toEqual([[`${seriesOf('ana')} NaN`, `${seriesOf('bob')} NaN`]]);
    expect(memory.writes.at(-1)).toEqual([]);
  });

  test('that is refused rejects, and forgets nothing', async () => {
    const { sink } = sending((n) => (n === 1 ? OK : { ...OK, status: 403 }));
    const memory = recordingMemory();
    await sink.put(users('ana'), callAt(NOON, memory));
    await expect(sink.delete(users(), callAt(NOON, memory))).rejects.toThrow('got 403');
    expect(await memory.read()).toHaveLength(1);
  });
});

describe('a refusal', () => {
  test.each<[string, number, string]>([
    ['too many requests', 429, 'rate limit exceeded'],
    ['an error of the server', 503, 'try again'],
  ])('that passes is tried again after Retry-After: %s', async (_, status, text) => {
    const { sink, sent, seconds } = sending((n) =>
      n < 3 ? { status, text, headers: { 'retry-after': '3' } } : OK,
    );
    await sink.put(users('ana'), callAt(NOON, recordingMemory()));
    expect(sent).toHaveLength(3);
    expect(seconds()).toBe(6);
  });

  test.each([400, 401, 404, 413, 422])('with the status %i is final, and named', async (status) => {
    const { sink, sent } = sending(() => ({ ...OK, status, text: 'no such tenant\nmore' }));
    await expect(sink.put(users('ana'), callAt(NOON, recordingMemory()))).rejects.toThrow(
      new Error(
        `job IAM_User_Details: expected 200, 202 or 204 from the remote-write receiver at ${URL}, got ${status}: no such tenant`,
      ),
    );
    expect(sent).toHaveLength(1);
  });

  test.each([
    'out of order sample',
    'out of bounds',
    'duplicate sample for timestamp',
    'user=1: err: out-of-order sample. timestamp=…',
    'the sample has been rejected because its timestamp is too old (err-mimir-sample-timestamp-too-old)',
    'too far in the future',
  ])('of the time of a sample explains it: %s', async (text) => {
    const { sink } = sending(() => ({ ...OK, status: 400, text }));
    await expect(sink.put(users('ana'), callAt(NOON, recordingMemory()))).rejects.toThrow(
      `got 400: ${text}; the receiver has a later sample of a series, or refuses the time of this one: expected one writer of these series, with a correct clock`,
    );
  });

  test('does not show an answer that may echo secret headers', async () => {
    const text = 'out of order sample, and the header was canary';
    const { sink, sent } = sending(() => ({ ...OK, status: 400, text }), {
      headers: { Authorization: 'canary' },
    });
    const failed: Error = await sink
      .put(users('ana'), callAt(NOON, recordingMemory()))
      .catch((error) => error);
    expect(failed.message).toContain(
      'got 400: (answer withheld: it could echo the secret headers); the receiver has',
    );
    expect(failed.message).not.toContain('canary');
    expect(sent[0]?.headers.Authorization).toBe('canary');
  });

  test('of a signed request is not shown, because a proxy may echo the session token', async () => {
    const text = 'X-Amz-Security-Token: canary';
    const sign = async () => ({ 'X-Amz-Security-Token': 'canary' });
    const { sink } = sending(() => ({ ...OK, status: 403, text }), { sign });
    await expect(sink.put(users('ana'), callAt(NOON, recordingMemory()))).rejects.toThrow(
      'got 403: (answer withheld: it could echo the secret headers); expected a role that allows aps:RemoteWrite on the workspace',
    );
  });

  test('by a web page names the URL', async () => {
    const { sink } = sending(() => ({ status: 200, headers: { 'content-type': 'text/html' }, text: '<p>' }));
    const problem = `expected a remote-write receiver at ${URL}, got an HTML page (content type text/html): check its URL in the setting sinks`;
    await expect(sink.put(users('ana'), callAt(NOON, recordingMemory()))).rejects.toThrow(problem);
    await expect(sink.check(new AbortController().signal)).rejects.toThrow(problem);
  });
});

test('a receiver that does not answer is given up in time, and is then not asked again', async () => {
  const { sink, seconds } = sending(() => 'silence');
  const failed = () =>
    sink.put(users('ana'), callAt(NOON, recordingMemory())).catch((error: Error) => error.message);
  expect(await failed()).toContain(
    `job IAM_User_Details: no answer from the remote-write receiver at ${URL}: `,
  );
  expect(seconds()).toBeLessThanOrEqual(20);
  const spent = seconds();
  await failed();
  expect(seconds()).toBe(spent);
});

test.each([204, 400, 401, 405])(
  'a check sends no samples, and the status %i is an answer',
  async (status) => {
    const { sink, sent } = sending(() => ({ ...OK, status }));
    await sink.check(new AbortController().signal);
    expect(sent.map(({ method, body }) => [method, body])).toEqual([['GET', undefined]]);
  },
);

test('a check without an answer rejects', async () => {
  const { sink } = sending(() => 'silence');
  await expect(sink.check(new AbortController().signal)).rejects.toThrow(
    'no answer from the remote-write receiver',
  );
});

test('the contents of a receiver cannot be read', async () => {
  expect(await sending().sink.stored(new AbortController().signal)).toBeUndefined();
});

const OK: HttpAnswer = { status: 204, headers: {}, text: '' };
const SINGLE = { series: 1, bytes: 1_000_000 };

type Options = Partial<Parameters<typeof remoteWriteSink>[0]>;

/** Returns a sink whose receiver answers the n-th request, from 1. */
function sending(answer: (n: number) => HttpAnswer | 'silence' = () => OK, options: Options = {}) {
  const timing = virtualTime(() => 0);
  const startedAt = timing.now();
  const sent: HttpRequest[] = [];
  let count = 0;
  const exchange = (request: HttpRequest) => {
    sent.push(request);
    count += 1;
    const answered = answer(count);
    if (answered !== 'silence') return Promise.resolve(answered);
    const { signal } = request;
    return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const sink = remoteWriteSink({ url: URL, timing, exchange, ...options });
  return { sink, sent, seconds: () => (timing.now() - startedAt) / 1_000 };
}

function written(sent: readonly HttpRequest[]): string[][] {
  return sent.map(({ body }) => samplesIn(body ?? Buffer.of()));
}
