import type { CollectorName } from '../../../lambdas/catalog/collectors';
import type { AwsFault } from '../../../lib/local/aws/server';
import { facts, healthOf } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene, type Ran } from '../scene';
import { COLLECTING, calmSuite, HISTORY, runSuite } from '../suite';

const MANY = { maxRequests: 500 };

/** Groups per page for which a collector's answers have several pages. */
const PAGED: Readonly<Partial<Record<CollectorName, number>>> = { accounts: 8, services: 40, projects: 5 };

export const THROTTLED_ROWS: readonly Row[] = [
  {
    row: 'all services throttled',
    waits: true,
    injected: 'every AWS call of every collector',
    expected: 'ends, reports throttled, nothing partial',
    run: () =>
      inScene(async (scene) => {
        const faults = SERVICES.map((service): AwsFault => ({ action: `${service}:*`, kind: 'throttle' }));
        const { ran, contents } = await runSuite(scene, COLLECTING, { faults });
        expect(ran.map(({ error }) => error?.errorType)).toEqual(ran.map(() => 'IncompleteRunError'));
        expect(Object.fromEntries(ran.map(({ failures }, i) => [COLLECTING[i], failures]))).toEqual(STOPPED);
        expect(COLLECTING.map((name) => healthOf(contents, name).incomplete)).toEqual(
          COLLECTING.map(() => 1),
        );
        expect(new Set(contents.groups)).toEqual(new Set(['tollgate']));
        const slowest = Math.max(...ran.map(({ seconds }) => seconds));
        return `${ran.length} collectors, ${slowest.toFixed(0)} s; 0 groups except health`;
      }),
  },
  ...Object.entries(PAGED).map(([collector, pageSize]) => throttledRow(collector as CollectorName, pageSize)),
  {
    row: 'small pages, every collector',
    injected: 'a few groups, users or Regions per page',
    expected: 'same state as with one page per answer',
    run: () =>
      inScene(async (scene) => {
        const paged = { bill: HISTORY, pageSize: 25, inventoryPageSize: 3, settings: MANY };
        const { ran, contents } = await runSuite(scene, COLLECTING, paged);
        const calm = await calmSuite();
        expect(ran.map(({ error }) => error)).toEqual(ran.map(() => undefined));
        expect(Math.min(...ran.map(pages))).toBeGreaterThan(1);
        expect(facts(contents)).toEqual(facts(calm.contents));
        const sent = ran.reduce((sum, { requests }) => sum + requests.length, 0);
        return `${facts(contents).length} series, unchanged; ${sent} requests`;
      }),
  },
];

const SERVICES = ['account', 'ce', 'ec2', 'iam', 'organizations', 'tag'];

/** Failures that each collector reports when every service is throttled. */
const STOPPED = {
  'iam-users': ['users throttled'],
  'user-costs': ['resource_costs throttled', 'user_costs throttled'],
  roles: ['roles throttled'],
  accounts: ['account_costs throttled', 'accounts throttled', 'forecast throttled'],
  services: ['service_costs throttled'],
  projects: ['project_costs throttled'],
  tags: ['tags throttled'],
};

function throttledRow(collector: CollectorName, pageSize: number): Row {
  return {
    row: `30 % throttled, ${collector}`,
    injected: `CE, seeded; ${pageSize} groups per page`,
    expected: 'complete, same state as without faults',
    run: () =>
      inScene(async (scene) => {
        const faults: AwsFault[] = [{ action: 'ce:*', kind: 'throttle', probability: 0.3, seed: 7 }];
        const ran = await scene.run(collector, { bill: HISTORY, faults, pageSize, settings: MANY });
        const calm = (await calmSuite()).ran[COLLECTING.indexOf(collector)];
        const [before, after] = [calm, ran].map((one) => costExplorerRequests(one?.requests ?? []).length);
        const struck = ran.requests.filter(({ fault }) => fault === 'throttle').length;
        expect([ran.error, calm?.error]).toEqual([undefined, undefined]);
        expect(struck).toBeGreaterThan(0);
        expect(pages(ran)).toBeGreaterThan(1);
        expect(facts(await scene.contents())).toEqual(await calmFacts(collector));
        return `same state; ${after} requests instead of ${before}, ${struck} throttled`;
      }),
  };
}

/** Resolves with the series of one collector after the calm suite. */
async function calmFacts(collector: CollectorName): Promise<string[]> {
  const { contents } = await calmSuite();
  const jobs = JOBS_OF[collector];
  return facts({ ...contents, series: contents.series.filter(({ labels }) => jobs?.test(labels.job ?? '')) });
}

const JOBS_OF: Readonly<Partial<Record<CollectorName, RegExp>>> = {
  accounts: /^(Linked_Accounts|Total_Account_Cost)/,
  services: /^Services_Cost/,
  projects: /^Project-/,
};

/** Returns the number of pages of the longest answer. */
function pages({ requests }: Ran): number {
  return Math.max(...requests.map(({ page }) => page));
}
