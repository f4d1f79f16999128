import { stopAfterAll, stopAfterEach, stopRegistered } from './stop';

const stopped: string[] = [];
type Stoppable = ReturnType<typeof named>;
const named = (name: string) => ({ stop: () => void stopped.push(name) });
beforeEach(() => stopped.splice(0));

test('what a test started is stopped after it, the last first', async () => {
  await stopAfterEach(named('gateway'));
  await stopAfterEach(Promise.resolve(named('Prometheus')));
  await stopRegistered.each();
  expect(stopped).toEqual(['Prometheus', 'gateway']);
  await stopRegistered.each();
  expect(stopped).toHaveLength(2);
});

test('a start that fails is told to who started, and the others of its hook are stopped all the same', async () => {
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

test('what cannot be stopped keeps nothing else running, and is told', async () => {
  await stopAfterEach(named('first'));
  await stopAfterEach({ close: () => Promise.reject(new Error('stuck')) });
  await expect(stopRegistered.each()).rejects.toThrow('could not be stopped');
  expect(stopped).toEqual(['first']);
});
