import { requestMeter } from '../../../lambdas/aws/request-meter';
import type { Findings } from '../../../lambdas/collector';
import { group } from '../../../lambdas/metrics/group';
import { tollgateProfile } from '../../../lambdas/metrics/profile';
import { sample } from '../../../lambdas/metrics/sample';
import { deadlinesOf } from '../../../lambdas/run/deadlines';
import type { Run, SuiteSink } from '../../../lambdas/run/ports';
import { run } from '../../../lambdas/run/run';
import { remoteWriteSink } from '../../../lambdas/sinks/remote-write/remote-write-sink';
import { type MemoryStore, memoryStore } from '../../support/memory-store';
import { samplesIn } from '../../support/remote-write';

const MEMBER = '111122223333';
const PAYER = '222233334444';
const MONTHS = 'aws_account_month_billed_cost_usd';

let ledger: MemoryStore;
let values: Map<string, number>;
let runs = 0;
beforeEach(() => {
  ledger = memoryStore();
  values = new Map();
});

describe('a group of remote write that the run of another account takes over', () => {
  test.each([
    ['after the account’s own run has left it', true],
    ['without a further run of the account', false],
  ])('%s ends every series that is gone, and no memory stays behind', async (_, answers) => {
    await published(MEMBER, { groups: [months('2026-01', '2026-02')] });
    if (answers) await published(MEMBER, { groups: [], answeredElsewhere: true });
    await published(PAYER, { groups: [months('2026-02')], covers: [MEMBER] });
    await published(PAYER, { groups: [months('2026-02')], covers: [MEMBER] });
    expect(living()).toEqual([expect.stringContaining('month="2026-02"')]);
    expect(partitions().filter((name) => name.startsWith(`series/${MEMBER}`))).toEqual([]);
  });

  test('keeps its memory until the run of the other account is complete', async () => {
    await published(MEMBER, { groups: [months('2026-01')] });
    const failures = [{ part: 'account_costs', reason: 'throttled', message: 'slow down' }] as const;
    await published(PAYER, { groups: [months('2026-02')], covers: [MEMBER], failures });
    await published(PAYER, { groups: [months('2026-02')], covers: [MEMBER] });
    await published(PAYER, { groups: [months('2026-02')], covers: [MEMBER] });
    expect(living()).toEqual([expect.stringContaining('month="2026-02"')]);
  });
});

function months(...names: readonly string[]) {
  const labels = { account_id: MEMBER };
  return group(
    'Total_Account_Cost',
    labels,
    names.map((month) => sample(MONTHS, { ...labels, month }, 1)),
  );
}

/** Returns the series of the group whose last value is a number. */
function living(): string[] {
  return [...values].flatMap(([name, value]) =>
    name.startsWith(MONTHS) && !Number.isNaN(value) ? name : [],
  );
}

function partitions(): string[] {
  return [...new Set([...ledger.items.values()].map(({ account }) => account))];
}

async function published(accountId: string, found: Omit<Findings, 'failures'> & Partial<Findings>) {
  runs += 1;
  const ran: Run = {
    name: 'accounts',
    accountId,
    isMember: accountId === MEMBER,
    profile: tollgateProfile,
    partition: 'aws',
    suiteAccounts: [MEMBER, PAYER],
    scheduledTime: new Date(Date.parse('2026-03-14T06:00:00Z') + runs),
    collect: async () => ({ failures: [], ...found }),
    sinks: [receiver()],
    meter: requestMeter(30),
    ledger,
    leaseUntil: new Date('2026-03-15T06:05:00Z'),
    replace: false,
    pays: true,
    deadlines: deadlinesOf(60_000),
    now: () => new Date('2026-03-15T06:00:01Z'),
  };
  return run(ran);
}

/** Returns a sink whose receiver keeps the last value of each series. */
function receiver(): SuiteSink {
  const sink = remoteWriteSink({
    url: 'https://x/api/v1/push',
    exchange: async ({ body }) => {
      for (const line of body ? samplesIn(body) : []) {
        const at = line.lastIndexOf(' ');
        values.set(line.slice(0, at), Number(line.slice(at + 1)));
      }
      return { status: 204, headers: {}, text: '' };
    },
  });
  return { sink, isRetired: false, keepsGroups: true, mayHoldMore: false };
}
