import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { groupId } from '../../../lambdas/metrics/group';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { REAL_TIME } from '../../../lambdas/sinks/timing';
import { startHttpServer } from '../../support/http-server';
import { stopAfterEach } from '../../support/stop';

const PAGE = '# TYPE push_time_seconds gauge\npush_time_seconds{account_id="1",instance="",job="a"} 7\n';
const STORED = new Map([[groupId({ job: 'a', groupingKey: { account_id: '1' } }), 7]]);

test('the metrics of the gateway are read with gzip and the headers of the secret, below its path', async () => {
  const { stored, requests } = await reading((_, answer) =>
    answer.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(PAGE)),
  );
  expect(stored).toEqual(STORED);
  expect(requests).toEqual(['GET /base/metrics gzip t']);
});

test('a reading that is interrupted is repeated', async () => {
  let attempts = 0;
  const { stored, requests } = await reading((_, answer) => {
    attempts += 1;
    if (attempts > 1) return answer.end(PAGE);
    answer.writeHead(200, { 'Content-Length': PAGE.length });
    answer.write(PAGE.slice(0, 60), () => answer.destroy());
  });
  expect(stored).toEqual(STORED);
  expect(requests).toHaveLength(2);
});

test.each<[string, RequestListener]>([
  ['a denied reading', (_, answer) => answer.writeHead(403).end(PAGE)],
  ['a web page', (_, answer) => answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>')],
  ['broken gzip', (_, answer) => answer.writeHead(200, { 'Content-Encoding': 'gzip' }).end(PAGE)],
  ['no answer', (request) => void request.socket.destroy()],
])('%s is no reading', async (_, listener) => {
  expect((await reading(listener)).stored).toBeUndefined();
});

test('an endless page is read up to a limit, and its connection is closed', async () => {
  const lines = gzipSync(`aws_x{user="${'x'.repeat(200)}"} 1\n`.repeat(100_000));
  const closed: Promise<void>[] = [];
  const { stored } = await reading((_, answer) => {
    answer.writeHead(200, { 'Content-Encoding': 'gzip' });
    const page = setInterval(() => answer.write(lines), 1);
    closed.push(new Promise((resolve) => answer.on('close', () => resolve(clearInterval(page)))));
  });
  await Promise.all(closed);
  expect(stored).toBeUndefined();
});

async function reading(listener: RequestListener) {
  const requests: string[] = [];
  const { url } = await stopAfterEach(
    startHttpServer((request, answer) => {
      const { 'accept-encoding': encoding, 'x-token': token } = request.headers;
      requests.push(`${request.method} ${request.url} ${encoding} ${token}`);
      listener(request, answer);
    }),
  );
  const timing = { ...REAL_TIME, random: () => 0 };
  const sink = pushgatewaySink({ url: `${url}/base/`, headers: { 'X-Token': 't' }, timing });
  return { requests, stored: await sink.stored(new AbortController().signal) };
}
