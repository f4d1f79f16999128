import { element } from './element';
import { dashboardLinks } from './links';
import type { Dashboard } from './model';
import { sectionViews } from './sections';
import { isChoice, type Selection, toSearch } from './selection';
import { themeButton } from './theme';
import { PRESETS, timeOf } from './time-range';
import { variableControl } from './variable-control';

/** A dashboard in the page. */
export interface DashboardView {
  readonly dashboard: Dashboard;
  readonly nodes: readonly Node[];
  /** Queries again with the current selection. */
  refresh(selection: Selection): void;
}

/** Draws a dashboard. Its controls lead to other addresses. */
export function dashboardView(
  dashboard: Dashboard,
  all: readonly Dashboard[],
  go: (address: string) => void,
): DashboardView {
  const variables = (dashboard.templating?.list ?? []).filter(isChoice);
  let selection: Selection = { values: {}, from: '', to: '' };
  const again = () => refresh(selection);
  const controls = variables.map((variable) =>
    variableControl(variable, (name, values) =>
      go(addressOf(dashboard, { ...selection, values: { ...selection.values, [name]: values } })),
    ),
  );
  const sections = sectionViews(dashboard.panels ?? []);
  const navigation = element('nav');
  const presets = element('nav', { className: 'presets', ariaLabel: 'Shown time' });
  const refresh = (now: Selection) => {
    selection = now;
    const range = { from: timeOf(now.from, Date.now()), to: timeOf(now.to, Date.now()) };
    navigation.replaceChildren(...tabs(dashboard, all, selection));
    presets.replaceChildren(...presetLinks(dashboard, selection));
    for (const part of [...controls, ...sections]) part.refresh({ variables, selection }, range);
  };
  return {
    dashboard,
    nodes: [
      element('header', { className: 'top' }, element('div', { className: 'brand' }, 'Tollgate'), navigation),
      element(
        'div',
        { className: 'bar' },
        ...controls.map(({ node }) => node),
        presets,
        element('button', { type: 'button', className: 'again', onclick: again }, 'Refresh'),
        themeButton(again),
      ),
      element('main', {}, ...sections.map(({ node }) => node)),
    ],
    refresh,
  };
}

function tabs(dashboard: Dashboard, all: readonly Dashboard[], selection: Selection): HTMLElement[] {
  return dashboardLinks(dashboard, all, selection).map(({ title, href, current }) =>
    element('a', { className: 'tab', href, ariaCurrent: current ? 'page' : null }, title),
  );
}

function presetLinks(dashboard: Dashboard, selection: Selection): HTMLElement[] {
  return PRESETS.map(({ title, from }) => {
    const chosen = selection.from === from && selection.to === 'now';
    const href = addressOf(dashboard, { ...selection, from, to: 'now' });
    return element('a', { className: 'preset', href, ariaCurrent: chosen ? 'true' : null }, title);
  });
}

function addressOf({ uid }: Dashboard, selection: Selection): string {
  return `/d/${uid}${toSearch(selection)}`;
}
