type Show = (value: number, decimals: number | undefined) => string;

/** The dashboards' units by their Grafana ids. */
export const UNITS: Readonly<Record<string, Show>> = {
  none: plain,
  short: plain,
  currencyUSD: (value, decimals = 2) => plain(value, decimals, { style: 'currency', currency: 'USD' }),
  percentunit: (value, decimals = 1) => plain(value, decimals, { style: 'percent' }),
  percent: (value, decimals) => `${plain(value, decimals)} %`,
  s: duration,
  dateTimeAsIso: (value) => new Date(value).toISOString().slice(0, 16).replace('T', ' '),
};

/** Formats a value for reading: en-US, with times in UTC. */
export function inUnit(value: number, unit = 'none', decimals?: number): string {
  if (!Number.isFinite(value)) return String(value);
  return (UNITS[unit] ?? plain)(value, decimals);
}

const COMPACT: Readonly<Record<string, Intl.NumberFormatOptions>> = {
  currencyUSD: { style: 'currency', currency: 'USD', minimumFractionDigits: 0 },
  percentunit: { style: 'percent' },
};

/** Formats a value for an axis, as short as possible. */
export function onAxis(value: number, unit = 'none'): string {
  if (unit === 's') return duration(value);
  const options = { notation: 'compact', maximumSignificantDigits: 3, ...COMPACT[unit] } as const;
  return new Intl.NumberFormat('en-US', options).format(value);
}

function plain(value: number, decimals = 2, options: Intl.NumberFormatOptions = {}): string {
  const fraction = { maximumFractionDigits: decimals, minimumFractionDigits: options.style ? decimals : 0 };
  return new Intl.NumberFormat('en-US', { ...fraction, ...options }).format(value);
}

const DURATIONS = [
  { from: 86_400, name: 'days' },
  { from: 3_600, name: 'h' },
  { from: 60, name: 'min' },
  { from: 1, name: 's' },
] as const;

function duration(seconds: number, decimals = 1): string {
  const { from, name } = DURATIONS.find((unit) => Math.abs(seconds) >= unit.from) ?? { from: 1, name: 's' };
  return `${plain(seconds / from, decimals)} ${name}`;
}
