import { stopAfterAll, stopAfterEach, stopRegistered } from './stop';

const stopped: string[] = [];
type Stoppable = ReturnType<typeof named>;
const named = (name: string) => ({ stop: () => void stopped.push(name) });
beforeEach(() => stopped.splice(0));

test('servers that a test started are stopped after it, the last one first', async () => {
  await stopAfterEach(named('gateway'));
  await stopAfterEach(Promise.resolve(named('Prometheus')));
  await stopRegistered.each();
  expect(stopped).toEqual(['Prometheus', 'gateway']);
  await stopRegistered.each();
  expect(stopped).toHaveLength(2);
});

test('a failed start rejects, and the other servers of its hook are stopped all the same', async () => {
  let start = (_: Stoppable) => {};
  const slow = new Promise<Stoppable>((resolve) => {
    start = resolve;
  });
  const both = Promise.all([
    stopAfterAll(slow),
    stopAfterAll(Promise.reject<Stoppable>(new Error('no port'))),
  ]);
  await expect(both).rejects.toThrow('no port');
  const end = stopRegistered.all();
  start(named('slow'));
  await end;
  expect(stopped).toEqual(['slow']);
});

test('a server that cannot be stopped is an error, and the others are stopped all the same', async () => {
  await stopAfterEach(named('first'));
  await stopAfterEach({ close: () => Promise.reject(new Error('stuck')) });
  await expect(stopRegistered.each()).rejects.toThrow('could not be stopped');
  expect(stopped).toEqual(['first']);
});
