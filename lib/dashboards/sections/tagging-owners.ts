import { once, series } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { type Section, USD } from '../panel';
import { PLACE } from '../selection';
import { trend } from '../trend';
import { COST_WINDOW } from './windows';

/** What tags do for the bill. */
export function taggingOwnersSection(): Section {
  return { title: 'How cost finds its owner', panels: [byRegion(), overTime()] };
}

const attributed = () => once(series('aws_cost_attributed_usd', PLACE));

function byRegion() {
  return matrixBars({
    title: 'Cost by Region, stacked by what named its owner',
    description: `The rule of attribution that matched first: the owner tag, or AWS’s own \`aws:createdBy\` where it is asked for. “No owner” is what better tags would win. ${COST_WINDOW}`,
    width: 12,
    height: 10,
    value: aggregate('sum', attributed(), ['region', 'method']),
    row: 'region',
    column: 'method',
    columnTitles: METHODS,
    unit: USD,
    limit: 20,
  });
}

const METHODS = { 'owner-tag': 'Owner tag', 'created-by': 'Created by', none: 'No owner' };

function overTime() {
  return trend({
    title: 'Cost over time, by what named its owner',
    description: `Each point is the whole window as it was known then, not the cost of that day. Tags are not retroactive: what is tagged today moves this line from tomorrow on. ${COST_WINDOW}`,
    width: 12,
    height: 10,
    value: aggregate('sum', attributed(), ['method']),
    by: 'method',
    unit: USD,
  });
}
