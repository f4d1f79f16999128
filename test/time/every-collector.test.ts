import fc from 'fast-check';
import { accounts } from '../../lambdas/collectors/accounts/collector';
import { projects } from '../../lambdas/collectors/projects/collector';
import { services } from '../../lambdas/collectors/services/collector';
import { ZERO_USD } from '../../lambdas/domain/amounts';
import type { Interval } from './asked';

const instants = fc.date({ min: new Date('2015-01-01'), max: new Date('2105-01-01'), noInvalidDate: true });
const settings = fc.record({
  costDays: fc.integer({ min: 1, max: 365 }),
  projectDays: fc.integer({ min: 1, max: 365 }),
  settleDays: fc.integer({ min: 1, max: 14 }),
});

/** How late the one automatic retry may be: the event's maximum age. */
const LATEST_RETRY_MS = 60 * 60 * 1000;

test('at any instant every interval is valid for Cost Explorer, then and in a retry an hour later', async () => {
  await fc.assert(
    fc.asyncProperty(instants, settings, async (at, days) => {
      const intervals = await askedBy(at, days);
      const retry = new Date(at.getTime() + LATEST_RETRY_MS);
      expect([at, retry].flatMap((now) => intervals.flatMap((interval) => mistakes(interval, now)))).toEqual(
        [],
      );
    }),
    { numRuns: 300 },
  );
});

test('the same scheduled time asks the same, however late the run', async () => {
  const at = new Date('2026-03-31T23:30:00Z');
  const days = { costDays: 14, projectDays: 30, settleDays: 1 };
  expect(await askedBy(at, days)).toEqual([
    { question: 'services', start: '2026-03-01', end: '2026-03-31' },
    { question: 'services total', start: '2026-03-01', end: '2026-03-31' },
    { question: 'projects', start: '2026-03-01', end: '2026-03-31' },
    { question: 'projects total', start: '2026-03-01', end: '2026-03-31' },
    { question: 'accounts', start: '2025-03-01', end: '2026-03-31' },
    { question: 'accounts total', start: '2025-03-01', end: '2026-03-31' },
    { question: 'forecast', start: '2026-03-31', end: '2026-04-01' },
  ]);
});

test('a whole month is read again every day until thirteen months later', async () => {
  const days = { costDays: 14, projectDays: 30, settleDays: 1 };
  for (const at of ['2026-03-01', '2026-03-07', '2026-03-31', '2027-01-31']) {
    const months = (await askedBy(new Date(`${at}T07:00:00Z`), days)).find(
      ({ question }) => question === 'accounts',
    );
    expect(months && months.start <= '2026-02-01').toBe(true);
  }
});

interface Question extends Interval {
  readonly question: string;
}

interface Days {
  readonly costDays: number;
  readonly projectDays: number;
  readonly settleDays: number;
}

/** The intervals that the runs of one moment ask Cost Explorer about. */
async function askedBy(scheduledTime: Date, days: Days): Promise<Question[]> {
  const asked: Question[] = [];
  const about = (question: string, interval: Interval) => void asked.push({ question, ...interval });
  const none =
    <T>(question: string, answer: T) =>
    async (_: string, interval: Interval) => {
      about(question, interval);
      return answer;
    };
  const input = { accountId: '111122223333', partition: 'aws', suiteAccounts: [], scheduledTime };
  const limits = { ...days, maxSeries: 100, projectTag: 'Project', projectUsageTypes: [] };
  await services({ costs: none('services', []), totals: none('services total', []) }, limits)(input);
  await projects(
    { costs: none('projects', []), total: none('projects total', ZERO_USD), usage: none('usage', []) },
    limits,
  )(input);
  await accounts(
    {
      organization: async () => ({ accounts: [] }),
      costs: (period) => none('accounts', [])('', period),
      totals: (period) => none('accounts total', [])('', period),
      forecast: (period) => none('forecast', undefined)('', period),
    },
    limits,
  )(input);
  return asked;
}

/** What Cost Explorer would refuse on that day; only a forecast may look ahead. */
function mistakes({ question, start, end }: Question, now: Date): string[] {
  const today = now.toISOString().slice(0, 10);
  const [year = 0, month = 0] = today.split('-').map(Number);
  const oldest = new Date(Date.UTC(year, month - 1 - 13, 1)).toISOString().slice(0, 10);
  const said = `${question} ${start} ${end} on ${today}`;
  return [
    ...(start < end ? [] : [`${said}: is empty`]),
    ...(start <= today ? [] : [`${said}: begins after today`]),
    ...(question === 'forecast' || end <= today ? [] : [`${said}: ends after today`]),
    ...(start >= oldest || limitless(question) ? [] : [`${said}: beyond history`]),
  ];
}

/** Windows are as long as the settings say: what is beyond history is for the person who set it. */
function limitless(question: string): boolean {
  return /^(services|projects)/.test(question);
}
