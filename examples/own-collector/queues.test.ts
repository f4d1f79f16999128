import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { exposition } from 'tollgate/lambdas';
import { queues } from './queues';

const ANSWERS: Readonly<Record<string, unknown>> = {
  '/queues': ['orders'],
  '/queues/orders': { waiting: 2, processed: 40, sizes: [100, 300] },
};

test('each queue is a group with its messages', async () => {
  const service = createServer(({ url = '' }, response) => {
    response.statusCode = url in ANSWERS ? 200 : 503;
    response.end(JSON.stringify(ANSWERS[url]));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  process.env.QUEUES_URL = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  try {
    const text = await exposition(queues);
    assert.match(text, /^# group {"job":"queues","account_id":"000000000000","queue":"orders"}$/m);
    assert.match(text, /^queue_messages 2$/m);
    assert.match(text, /^queue_processed_total 40$/m);
    assert.match(text, /^queue_message_size_bytes_sum 400$/m);
    assert.match(text, /^queue_request_duration_seconds_count 1$/m);
    assert.match(text, /^queue_consumers_exceptions_total 1$/m);
  } finally {
    service.close();
  }
});
