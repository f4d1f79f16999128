import type { Dashboard } from './model';
import { ALL, type Selection, toSearch } from './selection';

interface PageLink {
  readonly title: string;
  readonly href: string;
  /** True if the link leads to the current dashboard. */
  readonly current: boolean;
}

/** Returns the dashboards that this one's links select by tag, including itself. */
export function dashboardLinks(
  shown: Dashboard,
  all: readonly Dashboard[],
  selection: Selection,
): PageLink[] {
  return (shown.links ?? [])
    .filter(({ type }) => type === 'dashboards')
    .flatMap(({ title, tags, includeVars, keepTime }) =>
      all
        .filter((other) => tags.every((tag) => other.tags?.includes(tag)))
        .map((other) => ({
          title: capitalised(other.title.replace(`${title}: `, '')),
          href: `/d/${other.uid}${search(selection, { includeVars, keepTime }, other)}`,
          current: other === shown,
        })),
    );
}

function search(
  { values, from, to }: Selection,
  { includeVars, keepTime }: { includeVars: boolean; keepTime: boolean },
  { time }: Dashboard,
): string {
  const chosen = Object.entries(values).filter(([, list]) => !list.includes(ALL));
  return toSearch({
    values: includeVars ? Object.fromEntries(chosen) : {},
    from: keepTime ? from : (time?.from ?? from),
    to: keepTime ? to : (time?.to ?? to),
  });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
