import { UNATTRIBUTED } from '../../catalog/metrics';
import { is, once, series } from '../../promql/selector';
import { aggregate } from '../../promql/vector';
import { amount, percent } from './money';
import type { Section } from './section';

/** What nobody owns, of the cost window. */
export const unowned: Section = {
  title: 'What nobody owns',
  async read(ask) {
    const nobody = { user_name: is(UNATTRIBUTED) };
    const [all, rest] = await Promise.all([
      ask(aggregate('sum', once(series('aws_user_billed_cost_usd')))),
      ask(aggregate('sum', once(series('aws_user_billed_cost_usd', nobody)))),
    ]);
    const total = all[0]?.value;
    if (total === undefined) return undefined;
    // the whole is known: where it has no such part, that part is nothing
    const usd = rest[0]?.value ?? 0;
    // of a bill of credits, a share says nothing
    const share = total > 0 ? usd / total : undefined;
    return { figures: { usd, total, share }, lines: [lineOf({ usd, total, share })] };
  },
};

function lineOf({ usd, total, share }: { usd: number; total: number; share?: number }): string {
  const ofTotal = share === undefined ? '' : `, ${percent(share)}`;
  return `${amount(usd)} of ${amount(total)}${ofTotal}`;
}
