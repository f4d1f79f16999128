import { atEnd, once } from '../../../lambdas/promql/selector';
import { aggregate, topk, where } from '../../../lambdas/promql/vector';
import { showRegion, showService } from '../links';
import { matrixTable } from '../matrix-table';
import { type Section, USD } from '../panel';
import { type ServiceCost, serviceCosts } from '../selection';
import { table } from '../table';
import { trend } from '../trend';
import { AGGREGATED_SERVICES, LAST_DAY, SERVICE_WINDOW } from './windows';

/** Returns the section with the cost of the chosen services by Region. */
export function regionsSection(): Section {
  return { title: 'Regions', panels: [every(), overTime(), serviceByRegion()] };
}

function every() {
  const byRegion = (metric: ServiceCost) => aggregate('sum', once(serviceCosts(metric)), ['region']);
  return table({
    title: 'Every Region',
    description: `A click on a Region chooses it. \`global\` and \`NoRegion\` are charges without a Region. Billed and effective cost are of the cost window. ${SERVICE_WINDOW}`,
    width: 12,
    height: 9,
    columns: [
      { title: 'Billed', unit: USD, value: byRegion('aws_service_billed_cost_usd') },
      { title: 'Effective', unit: USD, value: byRegion('aws_service_effective_cost_usd') },
      { title: 'Month to date', unit: USD, value: byRegion('aws_service_month_to_date_billed_cost_usd') },
      { title: 'Last day', unit: USD, value: byRegion('aws_service_day_billed_cost_usd') },
    ],
    labelOptions: { region: [showRegion] },
    largestFirst: 'Billed',
    sums: true,
  });
}

function overTime() {
  const days = serviceCosts('aws_service_day_billed_cost_usd');
  const largest = topk(10, aggregate('sum', once(atEnd(days)), ['region']));
  return trend({
    title: 'Cost per day, by Region',
    description: `The 10 Regions whose last day cost most. Each point is the last full UTC day that was known at 00:00 UTC. ${LAST_DAY}`,
    width: 12,
    height: 9,
    value: where(aggregate('sum', once(days), ['region']), ['region'], largest),
    by: 'region',
    unit: USD,
  });
}

function serviceByRegion() {
  return matrixTable({
    title: 'Every service’s billed cost, by Region',
    description: `Billed cost (UnblendedCost, USD) of the cost window, the largest total first. ${AGGREGATED_SERVICES} ${SERVICE_WINDOW}`,
    width: 24,
    height: 10,
    value: aggregate('sum', once(serviceCosts('aws_service_billed_cost_usd')), ['service', 'region']),
    row: 'service',
    column: 'region',
    unit: USD,
    rowOptions: [showService],
  });
}
