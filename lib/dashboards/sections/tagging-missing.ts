import { OTHER } from '../../../lambdas/catalog/metrics';
import { isNot, type Matcher, matches, once, series } from '../../../lambdas/promql/selector';
import { aggregate, type Vector } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { matrixTable } from '../matrix-table';
import { COUNT, type Section } from '../panel';
import { PLACE } from '../selection';
import { LISTED } from './windows';

/** Returns the section with missing tags by Region and by resource. */
export function taggingMissingSection(): Section {
  return { title: 'Missing tags: $tag', panels: [byTag(), byResource()] };
}

function missing(resource?: Matcher): Vector<'account_id' | 'region' | 'resource' | 'tag'> {
  const chosen = { ...PLACE, tag: matches('$tag') } as const;
  return once(series('aws_resource_missing_tag', { ...chosen, ...(resource && { resource }) }));
}

/** Resources, without the row that counts the omitted ones. */
const A_RESOURCE = isNot(OTHER);

function byTag() {
  return matrixBars({
    title: 'Resources by missing tag',
    description: `Stacked by Region; a resource that lacks two tags counts for both. ${LISTED}`,
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
    title: 'Missing tags by resource',
    description: `1 under each missing tag; resources with the most missing tags first. The ARN contains Region and account. ${LISTED}`,
    width: 15,
    height: 12,
    value: aggregate('max', missing(A_RESOURCE), ['resource', 'tag']),
    row: 'resource',
    column: 'tag',
    unit: COUNT,
    rowOptions: [],
  });
}
