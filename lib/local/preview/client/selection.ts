import type { Dashboard, Variable } from './model';

/** What the person has chosen: it is in the address, as Grafana writes it. */
export interface Selection {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly from: string;
  readonly to: string;
}

/** Chosen instead of values: every value, however many there are. */
export const ALL = '$__all';

const PREFIX = 'var-';

/** What the address says; else what the dashboard is saved with. */
export function readSelection({ time, templating }: Dashboard, search: string): Selection {
  const address = new URLSearchParams(search);
  const saved = (templating?.list ?? [])
    .filter(isChoice)
    .map((variable) => [variable.name, savedValues(variable)]);
  const named = [...new Set(address.keys())].filter((key) => key.startsWith(PREFIX));
  const chosen = named.map((key) => [key.slice(PREFIX.length), address.getAll(key).map(spelled)]);
  return {
    values: Object.fromEntries([...saved, ...chosen]),
    from: address.get('from') ?? time?.from ?? 'now-30d',
    to: address.get('to') ?? time?.to ?? 'now',
  };
}

/** With `?`. Variables that a dashboard does not have stay for the next. */
export function toSearch({ values, from, to }: Selection): string {
  const chosen = Object.entries(values).flatMap(([name, list]) =>
    list.map((value): [string, string] => [PREFIX + name, value]),
  );
  return `?${new URLSearchParams([...chosen, ['from', from], ['to', to]])}`;
}

/** There is one data source here: the demo's. */
export function isChoice({ type }: Variable): boolean {
  return type !== 'datasource';
}

function savedValues({ current, includeAll }: Variable): readonly string[] {
  const saved = [current?.value ?? []].flat();
  return saved.length > 0 ? saved : includeAll ? [ALL] : [];
}

function spelled(value: string): string {
  return value === 'All' ? ALL : value;
}
