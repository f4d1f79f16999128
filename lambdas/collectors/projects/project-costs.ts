import { OTHER } from '../../catalog/metrics';
import { sumUsd, type Usd, type Weight, weightOf, ZERO_USD } from '../../domain/amounts';
import { type ChargePeriod, periodEndSeconds } from '../../domain/charge-period';
import { aggregateRest } from '../../metrics/aggregate-rest';
import { type Group, group } from '../../metrics/group';
import { sumBy } from '../../metrics/group-by';
import { sample } from '../../metrics/sample';
import type { ProjectCost } from './port';

export interface ProjectCosts {
  readonly accountId: string;
  readonly period: ChargePeriod;
  readonly rows: readonly ProjectCost[];
  /** Asked for separately. */
  readonly total: Usd;
  readonly maxSeries: number;
}

/** Cost by project, and by project and service; spend without the tag is project "". The gap says whether they add up. */
export function projectCosts({ accountId, period, rows, total, maxSeries }: ProjectCosts): Group {
  const account_id = accountId;
  const check = { account_id, region: '', breakdown: 'project' };
  const services = sums(rows, (row) => ({ project: projectOf(row), service: row.service }));
  const projects = sums(rows, (row) => ({ project: projectOf(row) }));
  const limit = maxSeries - CHECKS;
  const shown = aggregateRest(projects, {
    limit: Math.floor(limit / 3),
    weight,
    aggregate: (rest) => ({ project: OTHER, usd: sumOf(rest) }),
  });
  const shownServices = aggregateRest(services, {
    limit: limit - shown.length,
    weight,
    aggregate: (rest) => ({ project: OTHER, service: OTHER, usd: sumOf(rest) }),
  });
  const gap = total.minus(sumOf(projects));
  return group('Project-Spend-Cost', { account_id }, [
    ...shown.map(({ project, usd }) =>
      sample('aws_project_billed_cost_usd', { account_id, project }, usd.toNumber()),
    ),
    ...shownServices.map(({ project, service, usd }) =>
      sample('aws_project_service_billed_cost_usd', { account_id, project, service }, usd.toNumber()),
    ),
    sample('tollgate_breakdown_gap_usd', check, gap.toNumber()),
    sample('tollgate_breakdown_period_end_timestamp_seconds', check, periodEndSeconds(period)),
  ]);
}

/** The gap and the period's end. */
const CHECKS = 2;

/** What cost nothing has no row. */
function sums<K extends Readonly<Record<string, string>>>(
  rows: readonly ProjectCost[],
  keyOf: (row: ProjectCost) => K,
): (K & { readonly usd: Usd })[] {
  return sumBy(rows, keyOf).flatMap(({ key, usd }) => (usd.eq(ZERO_USD) ? [] : [{ ...key, usd }]));
}

/** A tag that has our word for the folded rest names no project. */
function projectOf({ project }: ProjectCost): string {
  return project === OTHER ? '' : project;
}

interface Priced {
  readonly usd: Usd;
}

function sumOf(rows: readonly Priced[]): Usd {
  return sumUsd(rows.map(({ usd }) => usd));
}

function weight({ usd }: Priced): Weight {
  return weightOf([usd]);
}
