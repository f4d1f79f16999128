import { atEnd, before, once } from '../../../lambdas/promql/selector';
import { aggregate, compared, minus, topk, unless, where } from '../../../lambdas/promql/vector';
import { showService } from '../links';
import { type Section, USD } from '../panel';
import { overAWeek, WEEK } from '../periods';
import { A_SERVICE, type ServiceCost, serviceCosts } from '../selection';
import { table } from '../table';
import { trend } from '../trend';
import { AGGREGATED_SERVICES, LAST_DAY, SERVICE_WINDOW, WEEK_BEFORE } from './windows';

/** Returns the section with the cost of the chosen services, and its growth. */
export function servicesSection(): Section {
  return { title: 'Services', panels: [every(), overTime(), grew(), isNew()] };
}

/** Exported so that the plan can list these panels as ones that need history. */
export const GREW_TITLE = 'Largest growth in a week';
export const NEW_TITLE = 'New within a week';

function every() {
  const byService = (metric: ServiceCost) => aggregate('sum', once(serviceCosts(metric)), ['service']);
  return table({
    title: 'Every service',
    description: `A click on a service chooses it. Billed and effective cost are of the cost window. They differ if a reservation or a Savings Plan was bought or used. ${AGGREGATED_SERVICES} ${SERVICE_WINDOW}`,
    width: 12,
    height: 12,
    columns: [
      { title: 'Billed', unit: USD, value: byService('aws_service_billed_cost_usd') },
      { title: 'Effective', unit: USD, value: byService('aws_service_effective_cost_usd') },
      { title: 'Month to date', unit: USD, value: byService('aws_service_month_to_date_billed_cost_usd') },
      { title: 'Last day', unit: USD, value: byService('aws_service_day_billed_cost_usd') },
    ],
    labelOptions: { service: [showService] },
    largestFirst: 'Billed',
    sums: true,
  });
}

const days = () => serviceCosts('aws_service_day_billed_cost_usd', A_SERVICE);
const today = () => aggregate('sum', once(days()), ['service', 'region']);
const weekBefore = () => aggregate('sum', once(before(days(), WEEK)), ['service', 'region']);

function grew() {
  return table({
    title: GREW_TITLE,
    description: `The 10 services of a Region with the largest growth from the same weekday a week before to the last day. ${WEEK_BEFORE} ${LAST_DAY}`,
    width: 12,
    height: 8,
    columns: [
      {
        title: 'Growth',
        unit: USD,
        value: overAWeek(topk(10, compared(minus(today(), weekBefore()), '>', 0)), 'service'),
      },
    ],
    labelOptions: { service: [showService] },
    largestFirst: 'Growth',
  });
}

function isNew() {
  const known = compared(weekBefore(), '!=', 0);
  return table({
    title: NEW_TITLE,
    description: `Services of a Region with cost on the last day and none on the same weekday a week before. ${WEEK_BEFORE} ${LAST_DAY}`,
    width: 12,
    height: 8,
    columns: [
      {
        title: 'Last day',
        unit: USD,
        value: overAWeek(unless(compared(today(), '!=', 0), ['service', 'region'], known), 'service'),
      },
    ],
    labelOptions: { service: [showService] },
    largestFirst: 'Last day',
  });
}

function overTime() {
  const largest = topk(10, aggregate('sum', once(atEnd(days())), ['service']));
  return trend({
    title: 'Cost per day, by service',
    description: `The 10 services whose last day cost most. Each point is the last full UTC day that was known at 00:00 UTC. ${LAST_DAY}`,
    width: 12,
    height: 12,
    value: where(aggregate('sum', once(days()), ['service']), ['service'], largest),
    by: 'service',
    unit: USD,
  });
}
