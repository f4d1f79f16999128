import Big from 'big.js';
import { addDays } from '../../bill/day';
import { AwsFailure } from '../failure';
import type { Operation } from '../operation';
import { oneOf, optional, structure, wholeNumber } from '../shape';
import type { Ledger } from './ledger';
import { daysOf, GRANULARITIES, type Granularity, type Period, split } from './periods';
import { day } from './query';
import { check, FORECAST_RULES } from './rules';

interface ForecastOptions {
  readonly ledgerOf: (accountId: string) => Ledger;
  /** The UTC day of the request. */
  readonly today: () => string;
  /** False if Cost Explorer has no forecast. */
  readonly available: boolean;
}

interface Input {
  readonly TimePeriod: Period;
  readonly Metric: 'UNBLENDED_COST';
  readonly Granularity: Granularity;
  readonly PredictionIntervalLevel: number | undefined;
}

const readInput = structure<Input>({
  TimePeriod: structure({ Start: day, End: day }),
  Metric: oneOf(['UNBLENDED_COST'] as const),
  Granularity: oneOf(GRANULARITIES),
  PredictionIntervalLevel: optional(wholeNumber(51, 99)),
});

/** Forecasts the average of the last thirty days for each future day, with an interval of ten percent around it. */
export function getCostForecast({ ledgerOf, today, available }: ForecastOptions): Operation {
  return {
    pageNumber: () => 1,
    answer(input, { account: { accountId } }) {
      const { TimePeriod, Granularity } = readInput(input, '');
      check({ period: TimePeriod }, FORECAST_RULES, today());
      const history = available ? historyOf(ledgerOf(accountId), today()) : [];
      if (history.length < LEAST_DAYS) throw insufficient();
      const results = split(TimePeriod, Granularity).map((period) => forecast(period, history));
      return {
        Total: { Amount: sumOf(results.map(({ mean }) => mean)).toFixed(), Unit: 'USD' },
        ForecastResultsByTime: results.map(wireForecast),
      };
    },
  };
}

const HISTORY_DAYS = 30;
const LEAST_DAYS = 14;

function insufficient(): AwsFailure {
  return new AwsFailure(
    'DataUnavailableException',
    'Insufficient amount of historical data to generate forecast.',
  );
}

/** Returns the cost of each of the last days, from the first day with a cost. */
function historyOf(ledger: Ledger, today: string): Big[] {
  const Start = addDays(today, -HISTORY_DAYS);
  const days = ledger({
    id: `forecast ${today}`,
    period: { Start, End: today },
    granularity: 'DAILY',
    metrics: ['UnblendedCost'],
    groupBy: [],
    filter: undefined,
  });
  const usd = days.map(({ groups: [all] }) => all?.sums.get('UnblendedCost')?.amount ?? new Big(0));
  const first = usd.findIndex((amount) => !amount.eq(0));
  return first < 0 ? [] : usd.slice(first);
}

interface Forecast {
  readonly period: Period;
  readonly mean: Big;
}

/** Cost Explorer counts up to ten decimals. */
const DECIMALS = 10;

function forecast(period: Period, history: readonly Big[]): Forecast {
  const mean = sumOf(history).times(daysOf(period).length).div(history.length).round(DECIMALS);
  return { period, mean };
}

function wireForecast({ period, mean }: Forecast) {
  return {
    TimePeriod: period,
    MeanValue: mean.toFixed(),
    PredictionIntervalLowerBound: mean.times('0.9').toFixed(),
    PredictionIntervalUpperBound: mean.times('1.1').toFixed(),
  };
}

function sumOf(amounts: readonly Big[]): Big {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0));
}
