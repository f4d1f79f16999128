import Big from 'big.js';
import { type DailyPrice, usdOfDay } from './amount';
import type { Charge } from './bill';
import type { CostLine } from './generated-lines';
import type { Random } from './random';

interface HistoryOptions {
  readonly accountId: string;
  /** The days, oldest first; the detailed days follow. */
  readonly days: readonly string[];
}

/**
 * Returns the charges of the days before the detailed ones: one charge per day for each service, Region and charge
 * type, without resource and tags. The account grew by a fiftieth of today's cost per month.
 */
export function history(
  random: Random,
  lines: readonly CostLine[],
  { accountId, days }: HistoryOptions,
): Charge[] {
  const sums = sumsOf(lines);
  const months = [...new Set(days.map(monthOf))];
  return days.flatMap((day) => {
    const monthsAgo = months.length - months.indexOf(monthOf(day));
    return sums.map(({ price, ...sum }) => {
      const usd = usdOfDay(random, (price * BigInt(50 - monthsAgo)) / 50n);
      return { ...sum, accountId, day, usd, effectiveUsd: usd };
    });
  });
}

const monthOf = (day: string) => day.slice(0, 7);

type Sum = Omit<CostLine, 'arn' | 'days'>;

/** Returns one line for each service, Region and charge type, with the usage of the first of its lines. */
function sumsOf(lines: readonly CostLine[]): Sum[] {
  const groups = new Map<string, CostLine[]>();
  for (const line of lines.filter(isDaily)) {
    const key = JSON.stringify([line.service, line.region, line.recordType]);
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()].flatMap(([first, ...rest]) => (first ? [sumOf(first, rest)] : []));
}

/** A refund occurs once. */
const isDaily = ({ recordType }: CostLine) => recordType !== 'Refund';

function sumOf(
  { service, region, recordType, usageType, unit, ...first }: CostLine,
  rest: readonly CostLine[],
): Sum {
  const ofMeter = rest.filter((line) => line.usageType === usageType);
  const price = rest.reduce<DailyPrice>((sum, line) => sum + line.price, first.price);
  const quantity = ofMeter.reduce((sum, line) => sum.plus(line.quantity), new Big(first.quantity));
  return {
    service,
    region,
    recordType,
    usageType,
    unit,
    resourceId: '',
    tags: {},
    price,
    quantity: quantity.toFixed(),
  };
}
