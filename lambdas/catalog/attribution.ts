/** The rules that find the owner of a cost, in the default order. The first rule that matches decides. */
export const ATTRIBUTION_RULES = {
  'owner-tag': 'The unchanged value of the owner tag.',
  'created-by':
    'The creator of the resource, from the AWS tag `aws:createdBy`; one extra Cost Explorer query.',
} as const;

export type AttributionRule = keyof typeof ATTRIBUTION_RULES;

/** The rule that found the owner of a cost; `none` for unattributed cost. */
export type AttributionMethod = AttributionRule | 'none';

/** The cost allocation tag in which AWS records the creator of a resource. */
export const CREATED_BY_TAG = 'aws:createdBy';

/** The number of newest days that are published one by one, to show how AWS restates them. */
export const DAYS_SHOWN = 4;
