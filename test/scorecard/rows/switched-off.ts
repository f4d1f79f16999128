import type { Row } from '../row';
import { costExplorerRequests, inScene } from '../scene';
import { runComplete } from '../suite';

export const SWITCHED_OFF_ROWS: readonly Row[] = [
  {
    row: 'costs by resource switched off',
    injected: 'resourceServices: [] after a run with the default',
    expected: 'no request for resources, their groups deleted, gap 0',
    run: () =>
      inScene(async (scene) => {
        const before = await runComplete(scene, ['user-costs']);
        const { requests, error } = await scene.run('user-costs', { settings: { resourceServices: [] } });
        const after = await scene.contents();
        const asked = costExplorerRequests(requests).map(({ action }) => action);
        expect(error).toBeUndefined();
        expect(asked).toEqual(['ce:GetCostAndUsage', 'ce:GetCostAndUsage']);
        const withoutResources = before.groups.filter(
          (job) => !job.startsWith('IAM_User_Resource_List_Cost'),
        );
        expect(before.groups.length).toBeGreaterThan(withoutResources.length);
        expect(after.groups).toEqual(withoutResources);
        return `${before.groups.length} groups, then ${after.groups.length}; 2 requests to Cost Explorer`;
      }),
  },
];
