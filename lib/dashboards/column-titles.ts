import type { LabelName } from './promql';

/** How a person calls what a label holds. */
export const COLUMN_TITLES: Readonly<Record<LabelName, string>> = {
  account_id: 'Account',
  region: 'Region',
  user_name: 'User',
  user_arn: 'ARN',
  user_id: 'User id',
  service: 'Service',
  resource: 'Resource',
  breakdown: 'Breakdown',
  method: 'Attributed by',
  days_before_period_end: 'Days before the end',
  collector: 'Collector',
  deployment: 'Deployment',
  part: 'Part',
  reason: 'Reason',
  operation: 'Operation',
  outcome: 'Outcome',
};
