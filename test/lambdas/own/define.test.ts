import { ownCollector } from '../../../lambdas';
import type { OwnCollectorDefinition } from '../../../lambdas/own/own-collector';

const CONTEXT = { invokedFunctionArn: '', getRemainingTimeInMillis: () => 0 };
const definition = (different: Partial<OwnCollectorDefinition>): OwnCollectorDefinition => ({
  name: 'queues',
  collect: () => [],
  ...different,
});

test.each<[Partial<OwnCollectorDefinition>, string]>([
  [{ name: 'roles' }, 'own collector: expected a name that Tollgate does not use itself, got "roles"'],
  [{ hours: [] }, 'own collector queues: hours: expected hours of the day such as [6, 18], got []'],
  [{ hours: [24] }, 'own collector queues: hours: expected hours of the day such as [6, 18], got [24]'],
  [
    { collectAtScrape: { timeoutSeconds: 0 } },
    'own collector queues: collectAtScrape.timeoutSeconds: expected a number above 0 and at most 60, got 0',
  ],
  [
    { collectAtScrape: { timeoutSeconds: Number.NaN } },
    'own collector queues: collectAtScrape.timeoutSeconds: expected a number above 0 and at most 60, got NaN',
  ],
])('a collector with %j is refused', (different, message) => {
  expect(() => ownCollector(definition(different))).toThrow(message);
});

test('a function refuses to run a collector without a schedule', async () => {
  const { handler } = ownCollector(definition({ collectAtScrape: { timeoutSeconds: 1 } }));
  await expect(handler({}, CONTEXT)).rejects.toThrow(
    'own collector queues: expected hours beside collectAtScrape, because a function runs on a schedule and nobody scrapes it: add hours, or serve the collector with the exporter alone',
  );
});

test('a function runs a collector that has a schedule beside its scrapes', async () => {
  const { handler } = ownCollector(definition({ collectAtScrape: { timeoutSeconds: 1 }, hours: [6] }));
  await expect(handler({ scheduledTime: '2026-03-01T06:00:00Z' }, CONTEXT)).rejects.toThrow(
    'TOLLGATE_SETTINGS: expected a JSON object of settings',
  );
});
