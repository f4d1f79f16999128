import { OTHER } from '../../catalog/metrics';
import { byRegion } from '../../domain/regions';
import { merged, type Rows, samplesOf } from './counterpart';
import { hyphenatedRegion, pythonFloat } from './labels';
import { row } from './metrics';

const expensiveRows: Rows = (samples, { detailOf }) => {
  const services = samplesOf('aws_service_billed_cost_usd', samples)
    .map(({ labels, value }) => ({ ...labels, value }))
    .filter(({ service }) => service !== OTHER);
  return [...byRegion(services).values()].flatMap(top).map(({ service, region, account_id, value }) => {
    const account = detailOf(account_id);
    const labels = {
      service,
      cost: pythonFloat(value),
      region: hyphenatedRegion(region),
      account_id: account,
    };
    return row('Expensive_Services_Detail', labels, value);
  });
};

function top<R extends { readonly value: number }>(rows: readonly R[]): R[] {
  return [...rows].sort((a, b) => b.value - a.value).slice(0, 5);
}

/** The five services with the highest cost in each Region. The job is named after the account, so the groups need no key. */
export const expensiveServices = merged('Services_Cost', expensiveRows, ({ accountId, detailOf }) => ({
  job: detailOf(accountId),
  groupingKey: {},
}));
