import { OTHER } from '../../../lambdas/catalog/metrics';
import { is, type Matcher, once, series } from '../../../lambdas/promql/selector';
import { aggregate, orZero, share, type Vector } from '../../../lambdas/promql/vector';
import { COUNT, type Section, SHARE } from '../panel';
import { AGGREGATED, PLACE } from '../selection';
import { stat } from '../stat';
import { table } from '../table';
import { trend } from '../trend';
import { COMPLETE, coloured } from './states';
import { LISTED } from './windows';

/** Exported because the panel is empty until the installation has seen its first midnight, UTC. */
export const UNTAGGED_TITLE = 'Resources that lack a tag over time';

/** Returns the section with the number of resources with every required tag. */
export function taggingComplianceSection(): Section {
  return {
    title: 'Required tags',
    panels: [complete(), lacking(), listed(), leftOut(), byRegion(), overTime()],
  };
}

function resources(compliant?: Matcher): Vector<'account_id' | 'region' | 'compliant'> {
  return once(series('aws_resources', { ...PLACE, ...(compliant && { compliant }) }));
}

const YES = is('true');
const NO = is('false');

function complete() {
  return stat({
    title: 'Resources with every tag',
    description: `Share of the resources: yellow below 90 %, red below 75 %. ${LISTED}`,
    width: 6,
    height: 4,
    value: share(aggregate('sum', resources(YES)), aggregate('sum', resources())),
    unit: SHARE,
    steps: COMPLETE,
  });
}

function lacking() {
  return stat({
    title: 'Resources that lack a tag',
    description: `At least one of the required tags is missing, or has no value. ${LISTED}`,
    width: 6,
    height: 4,
    value: aggregate('sum', resources(NO)),
    unit: COUNT,
  });
}

function listed() {
  return stat({
    title: 'Resources',
    description: `With and without the required tags. ${LISTED}`,
    width: 6,
    height: 4,
    value: aggregate('sum', resources()),
    unit: COUNT,
  });
}

function leftOut() {
  const rest = series('aws_resource_missing_tag', { ...PLACE, resource: AGGREGATED });
  return stat({
    title: 'Missing tags not listed',
    description: `Pairs of a resource and a tag that are aggregated into \`${OTHER}\` because \`maxInventory\` was reached. ${LISTED}`,
    width: 6,
    height: 4,
    value: orZero(aggregate('sum', once(rest)), aggregate('sum', resources())),
    unit: COUNT,
  });
}

function byRegion() {
  const place = ['region', 'account_id'] as const;
  return table({
    title: 'Required tags by Region',
    description: `Regions with the most incomplete resources first. ${LISTED}`,
    width: 12,
    height: 9,
    columns: [
      { title: 'Lack a tag', unit: COUNT, value: aggregate('sum', resources(NO), place) },
      { title: 'Have every tag', unit: COUNT, value: aggregate('sum', resources(YES), place) },
      {
        title: 'Share with every tag',
        unit: SHARE,
        value: share(aggregate('sum', resources(YES), place), aggregate('sum', resources(), place)),
        options: coloured(COMPLETE),
      },
    ],
    largestFirst: 'Lack a tag',
  });
}

function overTime() {
  return trend({
    title: UNTAGGED_TITLE,
    description: `By Region, as it was known at 00:00 UTC. ${LISTED}`,
    width: 12,
    height: 9,
    value: aggregate('sum', resources(NO), ['region']),
    by: 'region',
    unit: COUNT,
  });
}
