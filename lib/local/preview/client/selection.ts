import type { Dashboard, Variable } from './model';

/** The user's selection. The address holds it in Grafana's format. */
export interface Selection {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly from: string;
  readonly to: string;
}

/** The value that selects all values. */
export const ALL = '$__all';

const PREFIX = 'var-';

/** Reads the selection from the address, with the dashboard's saved values as defaults. */
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

/** Returns the address's query string with `?`. It keeps variables of other dashboards. */
export function toSearch({ values, from, to }: Selection): string {
  const chosen = Object.entries(values).flatMap(([name, list]) =>
    list.map((value): [string, string] => [PREFIX + name, value]),
  );
  return `?${new URLSearchParams([...chosen, ['from', from], ['to', to]])}`;
}

/** Reports whether users can choose a value. The data source is fixed: it is the demo's Prometheus. */
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
