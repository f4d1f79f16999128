import { COLLECTORS, type CollectorName } from '../../catalog/collectors';
import { stalePeriodAfterHours } from '../../catalog/trust';
import { isNot, ofEachInstallation, series } from '../../promql/selector';
import type { Row } from './port';
import type { About, Section } from './report';

/** The age of the oldest figures, the collectors with stale figures, and the incomplete runs. */
export const freshness: Section = {
  title: 'Freshness',
  async read(ask, about) {
    const [ends, states] = await Promise.all([
      ask(ofEachInstallation(series('tollgate_success_period_end_timestamp_seconds'))),
      ask(ofEachInstallation(series('tollgate_run_incomplete', NOT_ITSELF))),
    ]);
    if (ends.length + states.length === 0) return undefined;
    const figures = [...ends].sort((a, b) => a.value - b.value).map((end) => figuresUntil(end, about));
    const stale = figures.filter((one) => one.stale);
    const incomplete = states.filter(({ value }) => value === 1).map(({ labels }) => labels);
    return {
      figures: { oldest: figures[0], stale: stale.map(runOf), incomplete },
      lines: [
        ageLine(figures[0]),
        ...warning('STALE: the figures are older than the schedule allows', stale),
        ...warning('INCOMPLETE: the last run was incomplete', incomplete),
      ],
    };
  },
};

/** Excludes the digest, whose own runs do not affect the figures. */
const NOT_ITSELF = { collector: isNot('digest') };

interface Run {
  readonly collector: string;
  readonly account_id: string;
  readonly deployment: string;
}

interface Figures extends Run {
  /** End (exclusive) of the charge period. */
  readonly periodEnd: string;
  readonly ageHours: number;
  readonly stale: boolean;
}

function figuresUntil({ labels, value }: Row<keyof Run>, { at, hours, settleDays }: About): Figures {
  const ageHours = Math.round((at.getTime() / 1000 - value) / 3600);
  const schedule = isCollector(labels.collector) ? hours[labels.collector] : DAILY;
  return {
    ...labels,
    periodEnd: new Date(value * 1000).toISOString(),
    ageHours,
    stale: ageHours > stalePeriodAfterHours(schedule, settleDays),
  };
}

function isCollector(name: string): name is CollectorName {
  return Object.hasOwn(COLLECTORS, name);
}

/** The schedule that is assumed for collectors outside the catalog. */
const DAILY = [0];

function ageLine(oldest: Figures | undefined): string {
  if (!oldest) return 'No complete run of a cost collector is known';
  const end = oldest.periodEnd.slice(0, 16).replace('T', ' ');
  return `The oldest figures end at ${end} UTC, ${oldest.ageHours} hours before this report (${named(oldest)})`;
}

function warning(text: string, runs: readonly Run[]): string[] {
  if (runs.length === 0) return [];
  const more = runs.length > SHOWN ? ` and ${runs.length - SHOWN} more` : '';
  return [`${text}: ${runs.slice(0, SHOWN).map(named).join(', ')}${more}`];
}

const SHOWN = 5;

function runOf({ collector, account_id, deployment }: Run): Run {
  return { collector, account_id, deployment };
}

function named({ collector, account_id, deployment }: Run): string {
  return `${collector} in ${account_id}${deployment && ` of ${deployment}`}`;
}
