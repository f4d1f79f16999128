import type { Ask } from './port';

export type SectionName = 'accounts' | 'projects' | 'services' | 'unowned' | 'freshness';

/** What came of reading a section. */
type SectionState = 'read' | 'no_data' | 'unreadable';

export interface ReportedSection extends Partial<Content> {
  readonly name: SectionName;
  readonly title: string;
  readonly state: SectionState;
  readonly lines: readonly string[];
}

export interface Report {
  readonly title: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly sections: readonly ReportedSection[];
}

/** One part of the report. What it cannot read does not stop the others. */
export interface Section {
  readonly title: string;
  /** Undefined where Prometheus has nothing of it. */
  read(ask: Ask, about: About): Promise<Content | undefined>;
}

/** What the report is about. */
export interface About {
  /** The moment that every number is of. */
  readonly at: Date;
  /** Whole days of the cost window. */
  readonly costDays: number;
  /** Windows end this many days ago. */
  readonly settleDays: number;
}

/** What a section says: the same figures for machines and for people. */
export interface Content {
  /** As JSON: amounts in USD as numbers. */
  readonly figures: object;
  readonly table?: Table;
  /** Below the table. */
  readonly lines: readonly string[];
}

/** Names in the first column, figures in the others. Names are as they came: how they are made harmless, each format knows. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

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
type PlainMessage = {
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
