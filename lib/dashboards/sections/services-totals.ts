import { once } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { type Section, USD } from '../panel';
import { type ServiceCost, serviceCosts } from '../selection';
import { stat } from '../stat';
import { LAST_DAY, MONTH_SO_FAR, SERVICE_WINDOW } from './windows';

/** Sums over the chosen services. */
export function totalsSection(): Section {
  return {
    title: 'Sum of the chosen services',
    panels: [lastDay(), monthToDate(), billed(), effective()],
  };
}

const total = (metric: ServiceCost) => aggregate('sum', once(serviceCosts(metric)));

function lastDay() {
  return stat({
    title: 'Last day',
    description: LAST_DAY,
    width: 6,
    height: 4,
    value: total('aws_service_day_billed_cost_usd'),
    unit: USD,
  });
}

function monthToDate() {
  return stat({
    title: 'Month to date',
    description: MONTH_SO_FAR,
    width: 6,
    height: 4,
    value: total('aws_service_month_to_date_billed_cost_usd'),
    unit: USD,
  });
}

function billed() {
  return stat({
    title: 'Cost window, billed',
    description: `Billed cost (UnblendedCost, USD): each charge counts on the day it is billed. ${SERVICE_WINDOW}`,
    width: 6,
    height: 4,
    value: total('aws_service_billed_cost_usd'),
    unit: USD,
  });
}

function effective() {
  return stat({
    title: 'Cost window, effective',
    description: `Effective cost (AmortizedCost, USD): reservations and Savings Plans are spread over their use, whenever they were paid. ${SERVICE_WINDOW}`,
    width: 6,
    height: 4,
    value: total('aws_service_effective_cost_usd'),
    unit: USD,
  });
}
