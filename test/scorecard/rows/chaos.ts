import type { AwsFault } from '../../../lib/local/aws/server';
import type { GatewayFault } from '../../../lib/local/faults/gateway-proxy';
import { facts, healthOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

export const CHAOS_ROWS: readonly Row[] = [
  {
    row: 'all kinds of faults at once',
    injected: `AWS and gateway, ${SEEDS.length} seeds`,
    expected: 'complete, or failure named; no number wrong',
    run: () =>
      inScene(async (scene) => {
        await scene.run('user-costs');
        const calm = facts(await scene.contents());
        const ends: boolean[] = [];
        for (const seeds of [SEEDS.slice(0, 4), SEEDS.slice(4)])
          ends.push(...(await Promise.all(seeds.map((seed) => survives(seed, calm)))));
        const complete = ends.filter(Boolean).length;
        return `${complete} complete, ${ends.length - complete} named; 0 numbers wrong`;
      }),
  },
];

/** Resolves with true if the run was complete, and with false if it named its failure. */
function survives(seed: number, calm: readonly string[]): Promise<boolean> {
  return inScene(async (scene) => {
    const { url } = await scene.proxy({ faults: gatewayFaults(seed) });
    const ran = await scene.run('user-costs', { faults: awsFaults(seed), pageSize: 20, gatewayUrl: url });
    const contents = await scene.contents();
    const pushed = facts(contents);
    expect(pushed.filter((line) => !calm.includes(line))).toEqual([]);
    expect(pushed.length === calm.length || ran.error !== undefined).toBe(true);
    expect(healthOf(contents, 'user-costs').successAt === undefined).toBe(ran.error !== undefined);
    return ran.error === undefined;
  });
}

function awsFaults(seed: number): AwsFault[] {
  return [
    { action: 'ce:*', kind: 'error-503', probability: 0.15, seed },
    { action: 'ce:*', kind: 'reset', probability: 0.1, seed: seed + 100 },
    { action: 'ce:*', kind: 'truncate', probability: 0.03, seed: seed + 200 },
    { action: 'iam:*', kind: 'error-500', probability: 0.3, seed: seed + 300 },
    { action: 'tag:*', kind: 'throttle', probability: 0.2, seed: seed + 400 },
    { action: 'tag:*', kind: 'delay', ms: 100, probability: 0.3, seed: seed + 500 },
  ];
}

function gatewayFaults(seed: number): GatewayFault[] {
  return [
    { kind: 'error-503', method: 'PUT', probability: 0.04, seed },
    { kind: 'reset', method: 'PUT', probability: 0.03, seed: seed + 100 },
  ];
}
