import { OTHER } from '../../catalog/metrics';
import { type Cost, costWeight, sumCosts, type Usd, ZERO_USD } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';
import { aggregateRest } from '../../metrics/aggregate-rest';
import { aggregatedCosts, SERIES_A_LIST } from '../../metrics/aggregated-samples';
import { checkSamples } from '../../metrics/check-samples';
import { type Group, group } from '../../metrics/group';
import { sumBy } from '../../metrics/group-by';
import { sample } from '../../metrics/sample';
import type { ProjectCost } from './port';

interface ProjectCosts {
  readonly accountId: string;
  readonly period: ChargePeriod;
  readonly rows: readonly ProjectCost[];
  /** The separately requested total. */
  readonly total: Usd;
  readonly maxSeries: number;
}

/** Returns the cost by project, and by project and service. Cost without the project tag has the project "". */
export function projectCosts({ accountId, period, rows, total, maxSeries }: ProjectCosts): Group {
  const account_id = accountId;
  const projects = costsBy(rows, (row) => ({ project: projectOf(row) }));
  const services = costsBy(rows, (row) => ({ project: projectOf(row), service: row.service }));
  const checks = checkSamples({
    labels: { account_id, region: '' },
    breakdown: 'project',
    total,
    sum: sumCosts(projects),
    period,
  });
  const limit = maxSeries - checks.length - 2 * SERIES_A_LIST;
  const byProject = atMost(Math.floor(limit / 3), projects, { project: OTHER });
  const byService = atMost(limit - byProject.shown.length, services, { project: OTHER, service: OTHER });
  const labels = { account_id, region: '' };
  return group('Project-Spend-Cost', { account_id }, [
    ...byProject.shown.map(({ project, usd }) =>
      sample('aws_project_billed_cost_usd', { account_id, project }, usd.toNumber()),
    ),
    ...byService.shown.map(({ project, service, usd }) =>
      sample('aws_project_service_billed_cost_usd', { account_id, project, service }, usd.toNumber()),
    ),
    ...aggregatedCosts({ labels, list: 'projects', rest: byProject.rest }),
    ...aggregatedCosts({ labels, list: 'project_services', rest: byService.rest }),
    ...checks,
  ]);
}

type Key = Readonly<Record<string, string>>;

/** Returns one row for each key that has cost. */
function costsBy<K extends Key>(rows: readonly ProjectCost[], keyOf: (row: ProjectCost) => K): (K & Cost)[] {
  return sumBy(rows, keyOf).flatMap(({ key, usd }) => (usd.eq(ZERO_USD) ? [] : [{ ...key, usd }]));
}

/** Returns the project of a row. A tag with the reserved value `__other__` counts as no project. */
function projectOf({ project }: ProjectCost): string {
  return project === OTHER ? '' : project;
}

function atMost<K extends Key>(limit: number, costs: readonly (K & Cost)[], restKey: K) {
  const aggregate = (rest: readonly Cost[]) => ({ ...restKey, usd: sumCosts(rest) });
  return aggregateRest(costs, { limit, weight: costWeight, aggregate });
}
