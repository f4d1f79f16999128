import { createHash } from 'node:crypto';
import { CostExplorerClient, GetCostAndUsageCommand, type ResultByTime } from '@aws-sdk/client-cost-explorer';
import { listIn } from '../../lambdas/aws/answer-error';
import { answeredPeriods } from '../../lambdas/aws/answered-periods';
import { pagesOf } from '../../lambdas/aws/pages';
import { type CostAnswer, type CostQuery, periodOf } from './cost-queries';
import { type Kept, once } from './kept';
import type { WideQuery } from './plan';
import type { Recorded } from './recorded-costs';

/**
 * Returns the answer to a wide query. Each page is kept as soon as it arrives, and a kept page is not requested again. If Cost
 * Explorer has forgotten where the next page begins, the query starts once more from its first page.
 */
export async function wideAnswer(wide: WideQuery, kept: Kept): Promise<Recorded> {
  try {
    return await allPages(wide, kept);
  } catch (error) {
    if (!LOST_TRACK.has((error as Error).name)) throw error;
    await forget(wide, kept);
    return allPages(wide, kept);
  }
}

const LOST_TRACK: ReadonlySet<string> = new Set(['InvalidNextTokenException', 'RequestChangedException']);

async function allPages(wide: WideQuery, kept: Kept): Promise<Recorded> {
  const { query } = wide;
  const what = whatOf(wide);
  const isGrouped = query.GroupBy !== undefined;
  const periods = answeredPeriods({ what, period: periodOf(query), granularity: 'DAILY', isGrouped });
  const request = requester(wide, kept);
  const pages = pagesOf(what, { request, tokenOf: ({ NextPageToken }) => NextPageToken });
  const results: ResultByTime[] = [];
  for await (const { ResultsByTime = [] } of pages) {
    periods.note(ResultsByTime);
    for (const result of ResultsByTime) results.push(result);
  }
  periods.demandAll();
  return { query, results };
}

/** Returns a function that requests one page after another, or reads it if it is kept. */
function requester(wide: WideQuery, kept: Kept): (token: string | undefined) => Promise<CostAnswer> {
  const { aws } = wide.account;
  const client = aws.client(CostExplorerClient);
  let page = 0;
  return (NextPageToken) => {
    page += 1;
    return once(kept, nameOf(wide.query, page), async () => {
      const command = new GetCostAndUsageCommand({ ...wide.query, NextPageToken });
      const { $metadata, ...answer } = await client.send(command, { abortSignal: aws.signal });
      listIn(whatOf(wide), { ResultsByTime: answer.ResultsByTime }); // An answer of another form is not kept.
      return answer;
    });
  };
}

function whatOf({ collector, account }: WideQuery): string {
  return `${collector}, ${account.accountId}: Cost Explorer`;
}

/** The pages that are kept of the answer to a query. */
interface KeptAnswer {
  readonly pages: number;
  readonly isComplete: boolean;
}

/** Returns the kept part of the answer to a query. */
export async function keptAnswer({ query }: WideQuery, kept: Kept): Promise<KeptAnswer> {
  for (let pages = 0, isComplete = false; ; pages += 1) {
    const next = await kept.read<CostAnswer>(nameOf(query, pages + 1));
    if (!next) return { pages, isComplete };
    isComplete = !next.NextPageToken;
  }
}

async function forget(wide: WideQuery, kept: Kept): Promise<void> {
  const { pages } = await keptAnswer(wide, kept);
  for (let page = 1; page <= pages; page += 1) await kept.remove(nameOf(wide.query, page));
}

function nameOf(query: CostQuery, page: number): string {
  const digest = createHash('sha256').update(JSON.stringify(query)).digest('hex').slice(0, 16);
  return `answer-${digest}-page-${page}`;
}
