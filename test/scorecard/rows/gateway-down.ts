import type { Row } from '../row';
import { costExplorerRequests, inScene } from '../scene';

export const GATEWAY_DOWN_ROWS: readonly Row[] = [
  {
    row: 'gateway down before a run',
    injected: 'stopped before the run',
    expected: 'failure named; nothing is paid',
    run: () =>
      inScene(async (scene) => {
        await scene.gateway.stop();
        const ran = await scene.run('user-costs');
        expect(ran.error?.errorMessage).toMatch(/no answer from the Pushgateway .* ECONNREFUSED/);
        expect(costExplorerRequests(ran.requests)).toEqual([]);
        return `${ran.seconds.toFixed(0)} s, 0 paid requests`;
      }),
  },
];
