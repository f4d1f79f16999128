import type { Row } from './row';
import { AMOUNT_ROWS } from './rows/amounts';
import { BUDGET_ROWS } from './rows/budget';
import { CALENDAR_ROWS } from './rows/calendar';
import { CHAOS_ROWS } from './rows/chaos';
import { COST_EXPLORER_ROWS } from './rows/cost-explorer';
import { CREATOR_ROWS } from './rows/creators';
import { DELIVERY_ROWS } from './rows/delivery';
import { FLAKY_GATEWAY_ROWS } from './rows/flaky-gateway';
import { GATEWAY_ROWS } from './rows/gateway';
import { MEMBER_ROWS } from './rows/members';
import { ONE_REGION_ROWS } from './rows/one-region';
import { PAGE_ROWS } from './rows/pages';
import { PEOPLE_ROWS } from './rows/people';
import { REFUSED_ROWS } from './rows/refused';
import { SCALE_ROWS } from './rows/scale';
import { SECRET_ROWS } from './rows/secrets';
import { SOAK_ROWS } from './rows/soak';
import { THROTTLED_ROWS } from './rows/throttled';
import { TIME_LIMIT_ROWS } from './rows/time-limit';
import { VANISHED_ROWS } from './rows/vanished';

/** Rows that last a minute because their counts are large. */
export const LARGE_ROWS: readonly Row[] = [...SCALE_ROWS, ...SOAK_ROWS];

/** All other rows, in the order of the table. */
export const ROWS: readonly Row[] = [
  ...GATEWAY_ROWS,
  ...FLAKY_GATEWAY_ROWS,
  ...DELIVERY_ROWS,
  ...TIME_LIMIT_ROWS,
  ...COST_EXPLORER_ROWS,
  ...THROTTLED_ROWS,
  ...CHAOS_ROWS,
  ...PAGE_ROWS,
  ...AMOUNT_ROWS,
  ...BUDGET_ROWS,
  ...REFUSED_ROWS,
  ...ONE_REGION_ROWS,
  ...PEOPLE_ROWS,
  ...CREATOR_ROWS,
  ...VANISHED_ROWS,
  ...MEMBER_ROWS,
  ...CALENDAR_ROWS,
  ...SECRET_ROWS,
];
