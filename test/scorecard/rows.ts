import type { Row } from './row';
import { AMOUNT_ROWS } from './rows/amounts';
import { BUDGET_ROWS } from './rows/budget';
import { CALENDAR_ROWS } from './rows/calendar';
import { CHAOS_ROWS } from './rows/chaos';
import { COLLAPSE_ROWS } from './rows/collapse';
import { COST_EXPLORER_ROWS } from './rows/cost-explorer';
import { CREATOR_ROWS } from './rows/creators';
import { DELIVERY_ROWS } from './rows/delivery';
import { DOCUMENTED_LIMIT_ROWS } from './rows/documented-limits';
import { FLAKY_GATEWAY_ROWS, UNRELIABLE_GATEWAY_ROWS } from './rows/flaky-gateway';
import { FOCUS_FILE_ROWS } from './rows/focus-files';
import { GATEWAY_ROWS } from './rows/gateway';
import { GATEWAY_DOWN_ROWS } from './rows/gateway-down';
import { INVENTORY_ROWS } from './rows/inventories';
import { INVENTORY_SCALE_ROWS } from './rows/inventory-scale';
import { LEDGER_ROWS } from './rows/ledger';
import { MEMBER_ROWS } from './rows/members';
import { MISSING_ANSWER_ROWS } from './rows/missing-answers';
import { NAME_ROWS } from './rows/names';
import { ONE_REGION_ROWS } from './rows/one-region';
import { PAGE_ROWS } from './rows/pages';
import { PEOPLE_ROWS } from './rows/people';
import { PROXY_ROWS } from './rows/proxies';
import { REFUSED_ROWS } from './rows/refused';
import { SCALE_ROWS } from './rows/scale';
import { SECRET_ROWS } from './rows/secrets';
import { SINK_ROWS } from './rows/sinks';
import { SOAK_ROWS } from './rows/soak';
import { SWITCHED_OFF_ROWS } from './rows/switched-off';
import { THROTTLED_ROWS } from './rows/throttled';
import { TIME_LIMIT_ROWS } from './rows/time-limit';
import { UNAVAILABLE_ROWS } from './rows/unavailable';
import { VANISHED_ROWS } from './rows/vanished';

/** Rows that last a minute because their counts are large. */
export const LARGE_ROWS: readonly Row[] = [
  ...SCALE_ROWS,
  ...INVENTORY_SCALE_ROWS,
  ...SOAK_ROWS,
  ...UNRELIABLE_GATEWAY_ROWS,
];

/** All other rows, in the order of the table. */
export const ROWS: readonly Row[] = [
  ...GATEWAY_ROWS,
  ...FLAKY_GATEWAY_ROWS,
  ...DELIVERY_ROWS,
  ...GATEWAY_DOWN_ROWS,
  ...LEDGER_ROWS,
  ...SINK_ROWS,
  ...TIME_LIMIT_ROWS,
  ...COST_EXPLORER_ROWS,
  ...THROTTLED_ROWS,
  ...CHAOS_ROWS,
  ...PAGE_ROWS,
  ...MISSING_ANSWER_ROWS,
  ...PROXY_ROWS,
  ...DOCUMENTED_LIMIT_ROWS,
  ...AMOUNT_ROWS,
  ...NAME_ROWS,
  ...BUDGET_ROWS,
  ...REFUSED_ROWS,
  ...ONE_REGION_ROWS,
  ...PEOPLE_ROWS,
  ...CREATOR_ROWS,
  ...VANISHED_ROWS,
  ...INVENTORY_ROWS,
  ...UNAVAILABLE_ROWS,
  ...MEMBER_ROWS,
  ...CALENDAR_ROWS,
  ...SECRET_ROWS,
  ...FOCUS_FILE_ROWS,
  ...SWITCHED_OFF_ROWS,
  ...COLLAPSE_ROWS,
];
