import type { CollectorName } from '../../../lambdas/catalog/collectors';
import type { AwsFault } from '../../../lib/local/aws/server';
import type { Bill } from '../../../lib/local/bill/bill';
import { roleOf } from '../../support/bill';
import { billOf } from '../bills';
import { healthOf, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';

interface OneRegion {
  readonly row: string;
  readonly injected: string;
  readonly collector: CollectorName;
  readonly fault: AwsFault;
  /** Part and reason of the failure. */
  readonly failure: string;
  /** Pattern in the error of the function. */
  readonly message: string;
  /** Metric with the number of things in a Region. */
  readonly metric: string;
}

const BROKEN = 'eu-west-1';
const OTHERS = 'us-east-1';

/** Parts that are read Region by Region, with a fault in one Region. */
const ONE_REGION: readonly OneRegion[] = [
  {
    row: 'instances of one Region denied',
    injected: `${BROKEN}: ec2:DescribeInstances denied`,
    collector: 'roles',
    fault: { action: 'ec2:DescribeInstances', region: BROKEN, kind: 'deny' },
    failure: 'role_resources denied',
    message: `role_resources ${BROKEN}`,
    metric: 'aws_role_resource_info',
  },
  {
    row: 'tag inventory of one Region fails',
    injected: `${BROKEN}: tag:GetResources 500`,
    collector: 'tags',
    fault: { action: 'tag:GetResources', region: BROKEN, kind: 'error-500' },
    failure: 'tags other',
    message: `tags ${BROKEN}`,
    metric: 'aws_resources',
  },
];

export const ONE_REGION_ROWS: readonly Row[] = ONE_REGION.map(oneRegionRow);

function oneRegionRow({ row, injected, collector, fault, failure, message, metric }: OneRegion): Row {
  return {
    row,
    injected,
    expected: 'Region named, its old group kept; others new',
    run: () =>
      inScene(async (scene) => {
        expect((await scene.run(collector, { bill: world(1) })).error).toBeUndefined();
        const ran = await scene.run(collector, { bill: world(2), faults: [fault] });
        const contents = await scene.contents();
        expect([ran.error?.errorType, ran.error?.errorMessage]).toEqual([
          'IncompleteRunError',
          expect.stringContaining(message),
        ]);
        expect(healthOf(contents, collector)).toMatchObject({ incomplete: 1, failures: [failure] });
        const counts = [BROKEN, OTHERS].map((region) => sumOf(contents, metric, { region }));
        expect(counts).toEqual([1, 2]);
        return `${failure}; ${BROKEN} as before, ${OTHERS} new`;
      }),
  };
}

const PROFILE = 'arn:aws:iam::111122223333:instance-profile/web';

/** Returns a bill with `count` instances under a role, and as many tagged resources, in each Region. */
function world(count: number): Bill {
  const places = [BROKEN, OTHERS].flatMap((region) =>
    Array.from({ length: count }, (_, i) => ({ region, id: `i-0${i}${region}` })),
  );
  return billOf([], {
    roles: [roleOf('web', { instanceProfileArn: PROFILE })],
    instances: places.map(({ region, id }) => ({
      region,
      instanceId: id,
      state: 'running',
      instanceProfileArn: PROFILE,
    })),
    resources: places.map(({ region, id }) => ({
      region,
      arn: `arn:aws:ec2:${region}:111122223333:instance/${id}`,
      tags: { Owner: 'ana', Project: 'atlas' },
    })),
  });
}
