import { OTHER, UNATTRIBUTED } from '../../../lambdas/catalog/metrics';
import { isNot, oneOf } from '../../../lambdas/promql/selector';
import { aggregate, orZero, share } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { type Section, SHARE, USD } from '../panel';
import { AGGREGATED, resourceCosts, UNATTRIBUTED_ROW, userCosts } from '../selection';
import { stat } from '../stat';
import { table } from '../table';
import { UNATTRIBUTED_SHARE } from './states';
import { COST_WINDOW, RESOURCE_WINDOW } from './windows';

/** Returns the section with the cost that is attributed to no user. */
export function unattributedSection(): Section {
  return {
    title: 'Cost without an owner',
    panels: [cost(), costShare(), aggregated(), byRegion(), resources()],
  };
}

const total = () => aggregate('sum', userCosts());
const unattributed = () => aggregate('sum', userCosts(UNATTRIBUTED_ROW));

function cost() {
  return stat({
    title: 'Unattributed cost',
    description: `Cost without an owner: user \`${UNATTRIBUTED}\`. ${COST_WINDOW}`,
    width: 8,
    height: 4,
    value: unattributed(),
    unit: USD,
  });
}

function costShare() {
  return stat({
    title: 'Unattributed share',
    description: `Share of the billed cost: yellow from 10 %, red from 25 %. ${COST_WINDOW}`,
    width: 8,
    height: 4,
    value: share(unattributed(), total()),
    unit: SHARE,
    steps: UNATTRIBUTED_SHARE,
  });
}

function aggregated() {
  return stat({
    title: 'Aggregated users',
    description: `Cost of the users that are aggregated into \`${OTHER}\` because a limit was reached: \`maxInventory\` for IAM users, \`maxSeries\` for other owners, \`maxRoleSessions\`. ${COST_WINDOW}`,
    width: 8,
    height: 4,
    value: orZero(aggregate('sum', userCosts(AGGREGATED)), total()),
    unit: USD,
  });
}

function byRegion() {
  const remainders = userCosts(oneOf([UNATTRIBUTED, OTHER]));
  return matrixBars({
    title: 'Unattributed cost, by Region',
    description: `Cost without an owner and, separately, the aggregated users. \`global\` and \`NoRegion\` are charges without a Region. ${COST_WINDOW}`,
    width: 10,
    height: 10,
    value: aggregate('sum', remainders, ['region', 'user_name']),
    row: 'region',
    column: 'user_name',
    columnTitles: { [UNATTRIBUTED]: 'Unattributed', [OTHER]: 'Aggregated users' },
    unit: USD,
    limit: 20,
  });
}

function resources() {
  const named = resourceCosts({ user_name: UNATTRIBUTED_ROW, resource: isNot(UNATTRIBUTED) });
  return table({
    title: 'Unattributed resources',
    description: `Tag these first. One row per resource without an owner tag today. ${RESOURCE_WINDOW}`,
    width: 14,
    height: 10,
    columns: [
      {
        title: 'Cost',
        unit: USD,
        value: aggregate('sum', named, ['service', 'resource', 'region', 'account_id']),
      },
    ],
    largestFirst: 'Cost',
    sums: true,
  });
}
