import { once, series } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { type Section, USD } from '../panel';
import { PLACE } from '../selection';
import { trend } from '../trend';
import { COST_WINDOW } from './windows';

/** Returns the section with the cost that tags attribute to an owner. */
export function taggingOwnersSection(): Section {
  return { title: 'Attribution of cost', panels: [byRegion(), overTime()] };
}

const attributed = () => once(series('aws_cost_attributed_usd', PLACE));

function byRegion() {
  return matrixBars({
    title: 'Cost by Region, stacked by attribution rule',
    description: `The first attribution rule that matched: the owner tag, or AWS’s own \`aws:createdBy\` if the setting \`attribution\` includes it. Better tags would reduce “Unattributed”. ${COST_WINDOW}`,
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

const METHODS = { 'owner-tag': 'Owner tag', 'created-by': 'Created by', none: 'Unattributed' };

function overTime() {
  return trend({
    title: 'Cost over time, by attribution rule',
    description: `Each point is the complete window as it was known then, not the cost of that day. Tags are not retroactive: a tag of today changes this line from tomorrow on. ${COST_WINDOW}`,
    width: 12,
    height: 10,
    value: aggregate('sum', attributed(), ['method']),
    by: 'method',
    unit: USD,
  });
}
