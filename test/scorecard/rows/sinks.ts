import type { SinkSettings } from '../../../lambdas/catalog/sink-settings';
import { NOON, smallBill } from '../bills';
import { contentsOf, facts, healthOf } from '../contents';
import { type Gateway, startGateway } from '../gateway';
import type { Row } from '../row';
import { inScene, type Scene } from '../scene';

export const SINK_ROWS: readonly Row[] = [
  {
    row: 'two gateways, one is down',
    injected: 'the second gateway is stopped during a run',
    expected: 'the first is complete; the failure names the second; the next run fills it',
    run: () =>
      inTwoGateways(async (scene, second) => {
        await second.stop();
        const error = await runAt(scene, 2, [at(scene.gateway), at(second)]);
        expect(error).toContain(`no answer from the Pushgateway at ${second.url}`);
        expect(error).not.toContain(scene.gateway.url);
        const first = await scene.contents();
        expect(healthOf(first, 'services')).toMatchObject({ incomplete: 1 });
        expect(healthOf(first, 'services').successAt).toBeGreaterThan(0);
        await second.start();
        expect(await runAt(scene, 1, [at(scene.gateway), at(second)])).toBeUndefined();
        const [here, there] = [facts(await scene.contents()), facts(await contentsOf(second))];
        expect([here.length > 0, there]).toEqual([true, here]);
        return `${here.length} series at both`;
      }),
  },
  {
    row: 'other grouping labels, then a retired gateway',
    injected: 'groupingLabels of one gateway change; the other is retired',
    expected: 'no group under the old labels; no group at the retired gateway',
    run: () =>
      inTwoGateways(async (scene, second) => {
        expect(await runAt(scene, 3, [at(scene.gateway), at(second)])).toBeUndefined();
        const before = (await scene.contents()).groups;
        const blue = { ...at(scene.gateway), groupingLabels: { instance: 'blue' } };
        expect(await runAt(scene, 2, [blue, at(second)])).toBeUndefined();
        const after = await scene.contents();
        expect([after.groups, new Set(after.series.map(({ labels }) => labels.instance))]).toEqual([
          before,
          new Set(['blue']),
        ]);
        expect((await contentsOf(second)).groups).toEqual(before);
        expect(await runAt(scene, 1, [blue, { ...at(second), retired: true }])).toBeUndefined();
        expect([(await contentsOf(second)).groups, (await scene.contents()).groups]).toEqual([[], before]);
        return `${before.length} groups renamed, ${before.length} deleted`;
      }),
  },
];

function at({ url }: Gateway) {
  return { type: 'pushgateway', url } as const;
}

/** Runs a collector some days ago, and returns its error. */
async function runAt(
  scene: Scene,
  daysAgo: number,
  sinks: readonly SinkSettings[],
): Promise<string | undefined> {
  const bill = { ...smallBill(), asOf: new Date(NOON.getTime() - daysAgo * 86_400_000) };
  const { error } = await scene.run('services', {
    bill,
    ledger: scene.ledger,
    settings: { sinks: [...sinks] },
  });
  return error?.errorMessage;
}

function inTwoGateways(play: (scene: Scene, second: Gateway) => Promise<string>): Promise<string> {
  return inScene(async (scene) => {
    const second = await startGateway();
    try {
      return await play(scene, second);
    } finally {
      await second.remove();
    }
  });
}
