import { flakyGateway } from '../../../lambdas/sinks/flaky-gateway';
import type { HttpAnswer, HttpExchange } from '../../../lambdas/sinks/http-exchange';
import { virtualTime } from '../../support/virtual-time';

const PATIENT = new AbortController().signal;

test('a gateway that hangs is waited for once: further requests fail at once, for the same reason', async () => {
  const { gateway, sent, seconds } = gatewayWith(hang);
  const [one, other] = await Promise.allSettled([gateway.send(put('a')), gateway.send(put('b'))]);
  expect([one.status, other.status]).toEqual(['rejected', 'rejected']);
  expect(seconds()).toBe(20); // two attempts in 15 s, and a check of 5 s
  sent.length = 0;
  for (const name of ['c', 'd']) await expect(gateway.send(put(name))).rejects.toThrow('timed out');
  await expect(gateway.read(put('e'), 15_000)).rejects.toThrow('timed out');
  expect([sent, seconds()]).toEqual([[], 20]);
});

test('a gateway that answers other requests is not down, and requests are then tried once until one succeeds', async () => {
  let isBroken = true;
  const { gateway, sent } = gatewayWith(async ({ url }) => {
    if (url === 'large' || (url === 'flaky' && isBroken)) throw new Error('reset');
    return answer(url === 'check' ? 405 : 200);
  });
  await expect(gateway.send(put('large'))).rejects.toThrow('reset');
  await expect(gateway.send(put('flaky'))).rejects.toThrow('reset');
  await gateway.send(put('small'));
  isBroken = false;
  await expect(gateway.send(put('large'))).rejects.toThrow('reset');
  expect(sent).toEqual([
    ...Array(8).fill('large'),
    'check',
    'flaky',
    'check',
    'small',
    ...Array(8).fill('large'),
    'check',
  ]);
});

test('a gateway that refuses everything for now is waited for once', async () => {
  const { gateway, sent } = gatewayWith(async () => answer(503));
  for (const name of ['a', 'b', 'c']) expect((await gateway.send(put(name))).status).toBe(503);
  expect(sent).toEqual([...Array(8).fill('a'), 'b', 'c']);
});

test('a failed reading says nothing about other requests', async () => {
  const { gateway, sent } = gatewayWith(async ({ url }) => {
    if (url === 'list') throw new Error('reset');
    return answer(sent.length < 10 ? 503 : 200);
  });
  await expect(gateway.read(put('list'), 15_000)).rejects.toThrow('reset');
  expect((await gateway.send(put('a'))).status).toBe(200);
  expect(sent).toEqual([...Array(8).fill('list'), 'a', 'a']);
});

test('a deadline during a request does not mean that the gateway is down', async () => {
  const deadline = new AbortController();
  const { gateway } = gatewayWith(async (request) => {
    if (request.url !== 'a') return answer(200);
    deadline.abort(new Error('no time left'));
    throw request.signal.reason;
  });
  await expect(gateway.send({ ...put('a'), signal: deadline.signal })).rejects.toThrow('no time left');
  expect((await gateway.send(put('b'))).status).toBe(200);
});

describe('a check', () => {
  test.each([200, 401, 404, 405, 503])('is satisfied by the status %i', async (status) => {
    const { gateway, sent } = gatewayWith(async () => answer(status));
    expect((await gateway.check(PATIENT)).status).toBe(status);
    expect(sent).toEqual(['check']);
  });

  test('is tried again while nothing answers', async () => {
    const { gateway, sent } = gatewayWith(async () => {
      if (sent.length < 3) throw new Error('reset');
      return answer(405);
    });
    await gateway.check(PATIENT);
    expect(sent).toEqual(['check', 'check', 'check']);
  });

  test('of a gateway that hangs ends after 15 s, and the next one after 5 s', async () => {
    const { gateway, seconds } = gatewayWith(hang);
    await expect(gateway.check(PATIENT)).rejects.toThrow('timed out');
    expect(seconds()).toBe(15);
    await expect(gateway.check(PATIENT)).rejects.toThrow('timed out');
    expect(seconds()).toBe(20);
  });

  test('that is answered ends the time of being down', async () => {
    let isDown = true;
    const { gateway } = gatewayWith(async () => {
      if (isDown) throw new Error('refused');
      return answer(200);
    });
    await expect(gateway.send(put('a'))).rejects.toThrow('refused');
    isDown = false;
    await expect(gateway.send(put('a'))).rejects.toThrow('refused');
    await gateway.check(PATIENT);
    expect((await gateway.send(put('a'))).status).toBe(200);
  });
});

function gatewayWith(exchange: HttpExchange) {
  const timing = virtualTime();
  const startedAt = timing.now();
  const sent: string[] = [];
  const gateway = flakyGateway({
    headers: {},
    timeoutMs: 10_000,
    timing,
    checkUrl: 'check',
    exchange: (request) => {
      sent.push(request.url);
      return exchange(request);
    },
  });
  return { gateway, sent, seconds: () => (timing.now() - startedAt) / 1_000 };
}

const hang: HttpExchange = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

function put(url: string) {
  return { method: 'PUT', url, signal: PATIENT } as const;
}

function answer(status: number): HttpAnswer {
  return { status, headers: {}, text: '' };
}
