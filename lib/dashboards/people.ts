import { type Dashboard, DashboardBuilder, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { FAILURES_TITLE, freshnessSection } from './sections/freshness';
import { oneUserSection } from './sections/one-user';
import { unownedSection } from './sections/unowned';
import { usersSection } from './sections/users';
import { UID } from './uid';
import { variables } from './variables';

/** The panels, by title, that rightly show nothing while all is well. */
export const EMPTY_WHEN_HEALTHY: ReadonlySet<string> = new Set([FAILURES_TITLE]);

/** “Tollgate: people”: what users cost, what they own, what nobody owns, and how far the numbers can be trusted. */
export function peopleDashboard(): Dashboard {
  const dashboard = emptyDashboard();
  let id = 0;
  for (const { title, panels } of [usersSection(), oneUserSection(), unownedSection(), freshnessSection()]) {
    id += 1;
    dashboard.withRow(new RowBuilder(title).id(id));
    for (const panel of panels) {
      id += 1;
      dashboard.withPanel(panel.id(id));
    }
  }
  return dashboard.build();
}

function emptyDashboard(): DashboardBuilder {
  return new DashboardBuilder('Tollgate: people')
    .uid(UID)
    .description('AWS cost by user, Region and resource, what nobody owns, and how fresh the numbers are.')
    .tags(['tollgate', 'aws', 'cost'])
    .timezone('utc') // billing days are UTC
    .time({ from: 'now-30d', to: 'now' })
    .refresh('15m')
    .variables(variables());
}
