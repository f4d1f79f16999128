import type { CollectorSettings } from '../../catalog/function-settings';
import type { Collector, RunInput } from '../../collector';
import { type ChargePeriod, lastFullDays, periodEndSeconds } from '../../domain/charge-period';
import { attempt } from '../../failure';
import type { Group } from '../../metrics/group';
import type { ProjectsSource, ProjectUsage } from './port';
import { projectCosts } from './project-costs';
import { projectUsage } from './project-usage';

type ProjectsSettings = CollectorSettings<'projects'>;

/** Collects the cost of every project by service, and the usage types of some projects. */
export function projects(source: ProjectsSource, settings: ProjectsSettings): Collector {
  return async (input) => {
    const { projectDays: days, settleDays } = settings;
    const period = lastFullDays(input.scheduledTime, { days, settleDays });
    const run = { ...input, source, settings, period };
    const costs = await attempt('project_costs', () => costsGroup(run));
    const usage = await attempt('project_usage', () => usageGroup(run));
    return {
      groups: [costs.value, usage.value].filter((group) => group !== undefined),
      failures: [...costs.failures, ...usage.failures],
      periodEnd: periodEndSeconds(period),
    };
  };
}

interface ProjectsRun extends RunInput {
  readonly source: ProjectsSource;
  readonly settings: ProjectsSettings;
  readonly period: ChargePeriod;
}

async function costsGroup({ accountId, source, settings, period }: ProjectsRun): Promise<Group> {
  const rows = await source.costs(accountId, period);
  const total = await source.total(accountId, period);
  return projectCosts({ ...settings, accountId, period, rows, total });
}

/** Fails if one project cannot be read, because one group has the usage of all. */
async function usageGroup({ accountId, source, settings, period }: ProjectsRun): Promise<Group> {
  const rows: ProjectUsage[] = [];
  for (const project of settings.projectUsageTypes)
    for (const row of await source.usage(accountId, period, project)) rows.push(row);
  return projectUsage({ ...settings, accountId, rows });
}
