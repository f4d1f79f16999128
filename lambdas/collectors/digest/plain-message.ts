import type { Report, SectionName, SectionState } from './report';

/**
 * The figures for machines. Amounts are numbers in USD; what is not known is left out, never 0. Each section has a
 * `state`, and its figures only where that is `read`:
 *
 * - `accounts`: `accounts` (`account`, `accountId`, `months` by `YYYY-MM`, `monthToDate`), `total`, and `forecasts`
 *   (`accountId` of who pays, `mean`, `lower`, `upper`)
 * - `projects`: `projects` (`project`, `usd`), `total`
 * - `services`: `days` of the window, `services` (`service`, `usd`, `before`, `change`), `total`
 * - `unowned`: `usd`, `total`, and as a fraction `share`
 * - `freshness`: `oldest` (`collector`, `account_id`, `deployment`, `periodEnd`, `ageHours`, `stale`) and `incomplete`
 *
 * Lists are the largest first; `more` has the `count` and the sums of those left out.
 */
export type PlainMessage = {
  readonly title: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly currency: 'USD';
} & Readonly<Record<SectionName, { readonly state: SectionState }>>;

export function plainMessage({ title, day, sections }: Report): PlainMessage {
  const parts = sections.map(({ name, state, figures }) => [name, { state, ...figures }] as const);
  const bySection = Object.fromEntries(parts) as Record<SectionName, { readonly state: SectionState }>;
  return { title, day, currency: 'USD', ...bySection };
}
