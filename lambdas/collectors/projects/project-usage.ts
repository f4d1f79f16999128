import { OTHER } from '../../catalog/metrics';
import { costWeight, sumCosts, sumQuantities } from '../../domain/amounts';
import { heaviest } from '../../metrics/aggregate-rest';
import { aggregatedCosts, SERIES_A_LIST } from '../../metrics/aggregated-samples';
import { type Group, group } from '../../metrics/group';
import { type Sum, sumBy } from '../../metrics/group-by';
import { type Sample, sample } from '../../metrics/sample';
import type { ProjectUsage } from './port';

interface ProjectsUsage {
  readonly accountId: string;
  readonly rows: readonly ProjectUsage[];
  readonly maxSeries: number;
}

/** Returns cost and quantity by usage type. The rows that do not fit are one row of cost: their quantities do not add up. */
export function projectUsage({ accountId, rows, maxSeries }: ProjectsUsage): Group {
  const account_id = accountId;
  const lines = sumBy(rows, ({ project, service, usageType, quantity: { unit } }) => ({
    project,
    service,
    usage_type: usageType,
    unit,
  }));
  const room = maxSeries - SERIES_A_LIST;
  const limit = lines.length * 2 <= room ? lines.length : Math.floor((room - 1) / 2);
  const { shown, rest } = heaviest(lines, limit, costWeight);
  const labels = { account_id, region: '' };
  const aggregated = lines.length > 0 ? aggregatedCosts({ labels, list: 'project_usage', rest }) : [];
  return group('Project-Usage', { account_id }, [
    ...shown.flatMap((line) => samplesOf(account_id, line)),
    ...(rest.length > 0 ? [restSample(account_id, rest)] : []),
    ...aggregated,
  ]);
}

type UsageKey = Readonly<Record<'project' | 'service' | 'usage_type' | 'unit', string>>;
type UsageSum = Sum<UsageKey, ProjectUsage>;

function samplesOf(account_id: string, { key, rows, usd }: UsageSum) {
  const labels = { account_id, ...key };
  const { amount } = sumQuantities(rows.map(({ quantity }) => quantity));
  return [
    sample('aws_project_usage_billed_cost_usd', labels, usd.toNumber()),
    sample('aws_project_usage_quantity', labels, amount.toNumber()),
  ];
}

function restSample(
  account_id: string,
  rest: readonly UsageSum[],
): Sample<'aws_project_usage_billed_cost_usd'> {
  const labels = { account_id, project: OTHER, service: OTHER, usage_type: OTHER, unit: OTHER };
  return sample('aws_project_usage_billed_cost_usd', labels, sumCosts(rest).toNumber());
}
