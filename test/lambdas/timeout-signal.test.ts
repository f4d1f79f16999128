import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { timeoutSignal } from '../../lambdas/timeout-signal';

test('a timeout of which only AbortSignal.any knows outlives the garbage collection', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const aborted = jest.fn();
  AbortSignal.any([new AbortController().signal, timeoutSignal(100)]).addEventListener('abort', aborted);
  for (let i = 0; i < 10; i += 1) {
    await setTimeout(20);
    collect();
  }
  expect(aborted).toHaveBeenCalledTimes(1);
});
