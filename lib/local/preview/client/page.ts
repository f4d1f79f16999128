import { type DashboardView, dashboardView } from './dashboard-view';
import { element } from './element';
import type { Dashboard } from './model';
import { readSelection } from './selection';

/** Starts the page. Its complete state is in the address, so links, controls and the Back button all call `show`. */
async function start(): Promise<void> {
  const dashboards = (await (await fetch('/dashboards')).json()) as readonly Dashboard[];
  let view: DashboardView | undefined;
  const show = () => {
    const dashboard = named(dashboards, location.pathname);
    if (view?.dashboard !== dashboard) {
      view = dashboardView(dashboard, dashboards, go);
      document.body.replaceChildren(...view.nodes);
      document.title = dashboard.title;
      scrollTo(0, 0);
    }
    view.refresh(readSelection(dashboard, location.search));
  };
  const go = (address: string) => {
    history.pushState(null, '', address);
    show();
  };
  addEventListener('popstate', show);
  document.addEventListener('click', (event) => followInside(event, go));
  document.addEventListener('click', closeOthers);
  show();
}

function named(dashboards: readonly Dashboard[], pathname: string): Dashboard {
  const uid = pathname.split('/')[2];
  const found = uid ? dashboards.find((dashboard) => dashboard.uid === uid) : dashboards[0];
  if (found) return found;
  throw new Error(
    `expected a dashboard among ${dashboards.map((one) => one.uid).join(', ')}, got ${pathname}`,
  );
}

/** Follows links within the page without loading it again. */
function followInside(event: MouseEvent, go: (address: string) => void): void {
  const link = (event.target as Element).closest('a');
  if (link?.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

function closeOthers({ target }: MouseEvent): void {
  for (const open of document.querySelectorAll<HTMLDetailsElement>('details.variable[open]')) {
    // The clicked option was drawn again, so the old element is no longer in the page.
    if (target instanceof Node && target.isConnected && !open.contains(target)) open.open = false;
  }
}

start().catch((error: Error) => {
  document.body.replaceChildren(element('p', { className: 'failed' }, error.message));
});
