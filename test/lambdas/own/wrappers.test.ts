import { Counter, countingExceptions, Gauge, Histogram, Registry, Summary, timed } from '../../../lambdas';

test('timed observes the duration of an operation and returns its result', async () => {
  const registry = new Registry();
  const histogram = new Histogram({
    name: 'call_seconds',
    help: 'Calls.',
    labelNames: ['call'],
    registers: [registry],
  });
  expect(await timed(histogram, { call: 'list' }, async () => 'answer')).toBe('answer');
  expect(await registry.metrics()).toContain('call_seconds_count{call="list"} 1');
});

test('timed observes the duration of an operation that fails', async () => {
  const registry = new Registry();
  const summary = new Summary({ name: 'call_seconds', help: 'Calls.', registers: [registry] });
  await expect(timed(summary, {}, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await registry.metrics()).toContain('call_seconds_count 1');
});

test('timed sets a gauge, and accepts an operation without a promise', async () => {
  const registry = new Registry();
  const gauge = new Gauge({ name: 'last_call_seconds', help: 'The last call.', registers: [registry] });
  expect(await timed(gauge, {}, () => 1)).toBe(1);
  expect(await registry.metrics()).toMatch(/^last_call_seconds \d/m);
});

test('countingExceptions counts what an operation throws, and throws it again', async () => {
  const registry = new Registry();
  const counter = new Counter({
    name: 'call_exceptions_total',
    help: 'Failed calls.',
    labelNames: ['call'],
    registers: [registry],
  });
  const fails = () => {
    throw new Error('refused');
  };
  await expect(countingExceptions(counter, { call: 'list' }, fails)).rejects.toThrow('refused');
  expect(await countingExceptions(counter, { call: 'list' }, async () => 'answer')).toBe('answer');
  expect(await registry.metrics()).toContain('call_exceptions_total{call="list"} 1\n');
});
