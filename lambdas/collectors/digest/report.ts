import type { Hours } from '../../catalog/trust';
import type { Ask } from './port';

/** The name of a section in the JSON format. */
export type SectionName = 'accounts' | 'projects' | 'services' | 'unowned' | 'freshness';

/** `no_data` is a section that was read but is empty. */
type SectionState = 'read' | 'no_data' | 'unreadable';

/** A section after it was read, or the reason why it has no content. */
export interface ReportedSection extends Partial<Content> {
  readonly name: SectionName;
  readonly title: string;
  readonly state: SectionState;
  readonly lines: readonly string[];
}

/** The report before it is formatted for a channel. */
export interface Report {
  readonly title: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly sections: readonly ReportedSection[];
}

/** One part of the report. If it cannot be read, the other sections still are. */
export interface Section {
  readonly title: string;
  /** Returns undefined if Prometheus has no data for it. */
  read(ask: Ask, about: About): Promise<Content | undefined>;
}

/** The moment and the settings of the report. */
export interface About {
  /** The moment of every number. */
  readonly at: Date;
  /** Length of the cost window in full UTC days. */
  readonly costDays: number;
  /** Windows end this many days ago. */
  readonly settleDays: number;
  readonly hours: Hours;
}

/** The content of a section: the same figures for machines and for people. */
interface Content {
  /** Figures for the JSON format, with amounts in USD as numbers. */
  readonly figures: object;
  readonly table?: Table;
  /** Lines below the table. */
  readonly lines: readonly string[];
}

/** Names in the first column and figures in the others. Each format escapes names itself. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The figures for machines. Amounts are numbers in USD; unknown amounts are omitted, never 0. Each section has a
 * `state`, and has figures only if that is `read`:
 *
 * - `accounts`: `accounts` (`account`, `accountId`, `months` by `YYYY-MM`, `monthToDate`), `total`, and `forecasts`
 *   (`accountId` of the payer, `mean`, `lower`, `upper`)
 * - `projects`: `projects` (`project`, `usd`), `total`
 * - `services`: `days` of the window, `services` (`service`, `usd`, `before`, `change`), `total`
 * - `unowned`, the unattributed cost: `usd`, `total`, and `share` as a fraction
 * - `freshness`: `oldest` (`collector`, `account_id`, `deployment`, `periodEnd`, `ageHours`, `stale`), and the runs
 *   that are `stale` or `incomplete`
 *
 * Arrays begin with the largest item; `more` has the `count` and the sums of the omitted items.
 */
type PlainMessage = {
  readonly title: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly currency: 'USD';
} & Readonly<Record<SectionName, { readonly state: SectionState }>>;

/** Returns the report as plain JSON for other programs. */
export function plainMessage({ title, day, sections }: Report): PlainMessage {
  const parts = sections.map(({ name, state, figures }) => [name, { state, ...figures }] as const);
  const bySection = Object.fromEntries(parts) as Record<SectionName, { readonly state: SectionState }>;
  return { title, day, currency: 'USD', ...bySection };
}
