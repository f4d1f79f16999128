import type { Delivery } from '../../lambdas/catalog/delivery';
import { accounts } from './accounts';
import { type DashboardPlan, toDashboard } from './dashboard';
import { health } from './health';
import { overview } from './overview';
import { people } from './people';
import { projects } from './projects';
import { roles } from './roles';
import type { DashboardSettings } from './selection';
import { services } from './services';
import { tagging } from './tagging';

/** Every dashboard, by the name of its file in docs/dashboards. */
const DASHBOARDS: Readonly<Record<string, (settings: DashboardSettings) => DashboardPlan>> = {
  overview,
  people,
  accounts,
  services,
  roles,
  projects,
  tagging,
  health,
};

/** Returns the JSON models that Grafana imports, by the name of their file. */
export function dashboardModels(settings: DashboardSettings, delivery: Delivery) {
  return Object.entries(DASHBOARDS).map(([name, planned]) => {
    const plan = planned(settings);
    return { name, plan, model: toDashboard(plan, delivery) };
  });
}
