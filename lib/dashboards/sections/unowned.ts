import { OTHER, UNATTRIBUTED } from '../../../lambdas/catalog/metrics';
import { isNot, oneOf } from '../../../lambdas/promql/selector';
import { aggregate, orZero, share } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { type Section, SHARE, USD } from '../panel';
import { FOLDED, NOBODY, resourceCosts, userCosts } from '../selection';
import { stat } from '../stat';
import { table } from '../table';
import { UNANSWERED } from './states';
import { COST_WINDOW, RESOURCE_WINDOW } from './windows';

/** What no user answers for. */
export function unownedSection(): Section {
  return {
    title: 'What nobody owns',
    panels: [unowned(), unownedShare(), folded(), byRegion(), resources()],
  };
}

const total = () => aggregate('sum', userCosts());
const nobody = () => aggregate('sum', userCosts(NOBODY));

function unowned() {
  return stat({
    title: 'Nobody owns',
    description: `Cost without an owner tag: user \`${UNATTRIBUTED}\`. ${COST_WINDOW}`,
    width: 8,
    height: 4,
    value: nobody(),
    unit: USD,
  });
}

function unownedShare() {
  return stat({
    title: 'Share that nobody owns',
    description: `Of the billed cost: yellow from a tenth, red from a quarter. ${COST_WINDOW}`,
    width: 8,
    height: 4,
    value: share(nobody(), total()),
    unit: SHARE,
    steps: UNANSWERED,
  });
}

function folded() {
  return stat({
    title: 'Owned, but folded',
    description: `Users too small to have a row of their own: user \`${OTHER}\`. More than 0 says that \`maxSeries\` was reached. ${COST_WINDOW}`,
    width: 8,
    height: 4,
    value: orZero(aggregate('sum', userCosts(FOLDED)), total()),
    unit: USD,
  });
}

function byRegion() {
  const remainders = userCosts(oneOf([UNATTRIBUTED, OTHER]));
  return matrixBars({
    title: 'What nobody owns, by Region',
    description: `Cost without an owner, and apart from it the folded users. \`global\` and \`NoRegion\` are charges of no Region. ${COST_WINDOW}`,
    width: 10,
    height: 10,
    value: aggregate('sum', remainders, ['region', 'user_name']),
    row: 'region',
    column: 'user_name',
    columnTitles: { [UNATTRIBUTED]: 'Nobody owns', [OTHER]: 'Folded users' },
    unit: USD,
    limit: 20,
  });
}

function resources() {
  const named = resourceCosts({ user_name: NOBODY, resource: isNot(UNATTRIBUTED) });
  return table({
    title: 'Resources nobody owns',
    description: `Tag these first. One row for every resource that has no owner tag today. ${RESOURCE_WINDOW}`,
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
