import { OTHER } from '../../../lambdas/catalog/metrics';
import { isNot, type Matcher, matches, once, series } from '../../../lambdas/promql/selector';
import { aggregate, type Vector } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { matrixTable } from '../matrix-table';
import { COUNT, type Section } from '../panel';
import { PLACE } from '../selection';
import { LISTED } from './windows';

/** Which tags are missing, and where. */
export function taggingMissingSection(): Section {
  return { title: 'Missing tags: $tag', panels: [byTag(), byResource()] };
}

function missing(resource?: Matcher): Vector<'account_id' | 'region' | 'resource' | 'tag'> {
  const chosen = { ...PLACE, tag: matches('$tag') } as const;
  return once(series('aws_resource_missing_tag', { ...chosen, ...(resource && { resource }) }));
}

/** And not the number of those left out. */
const A_RESOURCE = isNot(OTHER);

function byTag() {
  return matrixBars({
    title: 'Resources by the tag they lack',
    description: `Stacked by Region; a resource that lacks two tags counts under both. ${LISTED}`,
    width: 9,
    height: 12,
    value: aggregate('sum', missing(), ['tag', 'region']),
    row: 'tag',
    column: 'region',
    unit: COUNT,
    limit: 20,
  });
}

function byResource() {
  return matrixTable({
    title: 'Resources, and the tags they lack',
    description: `1 under each tag that the resource lacks; those that lack most first. The ARN says Region and account. ${LISTED}`,
    width: 15,
    height: 12,
    value: aggregate('max', missing(A_RESOURCE), ['resource', 'tag']),
    row: 'resource',
    column: 'tag',
    unit: COUNT,
    rowOptions: [],
  });
}
