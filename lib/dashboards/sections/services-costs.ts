import { type LabelOf, type Matcher, type Series, series } from '../../../lambdas/promql/selector';
import { PLACE_AND_SERVICE } from '../selection';

/** What services cost: billed or effective, in one of three periods. */
export type ServiceCost =
  | 'aws_service_billed_cost_usd'
  | 'aws_service_effective_cost_usd'
  | 'aws_service_day_billed_cost_usd'
  | 'aws_service_month_to_date_billed_cost_usd';

/** The chosen services where they were chosen, further narrowed where a matcher is given. */
export function serviceCosts(metric: ServiceCost, service?: Matcher): Series<LabelOf<ServiceCost>> {
  const chosen = PLACE_AND_SERVICE.service;
  return series(metric, { ...PLACE_AND_SERVICE, service: service ? [chosen, service] : chosen });
}
