import { type DashboardPlan, toDashboard } from './dashboard';
import { people } from './people';

/** Every dashboard, by the name of its file in docs/dashboards. */
export const DASHBOARDS: Readonly<Record<string, DashboardPlan>> = {
  people,
};

/** The JSON models that Grafana imports, by the name of their file. */
export function dashboardModels() {
  return Object.entries(DASHBOARDS).map(([name, plan]) => ({ name, plan, model: toDashboard(plan) }));
}
