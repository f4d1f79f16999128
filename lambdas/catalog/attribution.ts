/** The rules by which a dollar finds its owner, in the default order; the first that matches takes it. */
export const ATTRIBUTION_RULES = {
  'owner-tag': 'The value of the owner tag, as it is.',
  'created-by': 'Who created the resource, by AWS’s own tag `aws:createdBy`: one more Cost Explorer query.',
} as const;

export type AttributionRule = keyof typeof ATTRIBUTION_RULES;

/** How a dollar was attributed: by a rule, or to nobody. */
export type AttributionMethod = AttributionRule | 'none';

export const CREATED_BY_TAG = 'aws:createdBy';

/** Newest days of a window that are published one by one, to show how AWS restates them. */
export const DAYS_SHOWN = 4;
