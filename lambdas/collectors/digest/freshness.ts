import { isNot, ofEachInstallation, series } from '../../promql/selector';
import type { Row } from './port';
import type { About, Section } from './report';

/** How old the oldest figures are, and which collectors left something out. */
export const freshness: Section = {
  title: 'How fresh',
  async read(ask, about) {
    const [ends, states] = await Promise.all([
      ask(ofEachInstallation(series('tollgate_success_period_end_timestamp_seconds'))),
      ask(ofEachInstallation(series('tollgate_run_incomplete', NOT_ITSELF))),
    ]);
    if (ends.length + states.length === 0) return undefined;
    const oldest = oldestOf(ends, about);
    const incomplete = states.filter(({ value }) => value === 1);
    return {
      figures: { oldest, incomplete: incomplete.map(({ labels }) => labels) },
      lines: [ageLine(oldest), ...incompleteLines(incomplete)],
    };
  },
};

/** A report that could not be sent says nothing of the figures. */
const NOT_ITSELF = { collector: isNot('digest') };

/** Two missed daily runs and the day that is running, beyond the days that windows leave to settle. */
function staleHours(settleDays: number): number {
  return 72 + (settleDays - 1) * 24;
}

type Labels = 'account_id' | 'collector' | 'deployment';

interface Oldest {
  readonly collector: string;
  readonly account_id: string;
  readonly deployment: string;
  /** End (exclusive) of its charge period. */
  readonly periodEnd: string;
  readonly ageHours: number;
  readonly stale: boolean;
}

function oldestOf(ends: readonly Row<Labels>[], { at, settleDays }: About): Oldest | undefined {
  const [first] = [...ends].sort((a, b) => a.value - b.value);
  if (!first) return undefined;
  const ageHours = Math.round((at.getTime() / 1000 - first.value) / 3600);
  return {
    ...first.labels,
    periodEnd: new Date(first.value * 1000).toISOString(),
    ageHours,
    stale: ageHours > staleHours(settleDays),
  };
}

function ageLine(oldest: Oldest | undefined): string {
  if (!oldest) return 'STALE: no collector of costs has had a whole run';
  const { periodEnd, ageHours, stale } = oldest;
  const end = periodEnd.slice(0, 16).replace('T', ' ');
  return `${stale ? 'STALE: the' : 'The'} oldest figures end at ${end} UTC, ${ageHours} hours before this report (${subject(oldest)})`;
}

function incompleteLines(incomplete: readonly Row<Labels>[]): string[] {
  if (incomplete.length === 0) return [];
  const named = incomplete.slice(0, SUBJECTS).map(({ labels }) => subject(labels));
  const more = incomplete.length > SUBJECTS ? ` and ${incomplete.length - SUBJECTS} more` : '';
  return [`INCOMPLETE: the last run left something out: ${named.join(', ')}${more}`];
}

const SUBJECTS = 5;

function subject({ collector, account_id, deployment }: Readonly<Record<Labels, string>>): string {
  return `${collector} in ${account_id}${deployment && ` of ${deployment}`}`;
}
