import {
  type Dashboard,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Delivery } from '../../lambdas/catalog/delivery';
import type { Section } from './panel';
import type { UnplacedVariable } from './variables';

/** The parts of a dashboard, before its panels are numbered and placed. */
export interface DashboardPlan {
  /** The dashboard's address, on which links and bookmarks depend. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly UnplacedVariable[];
  readonly sections: readonly Section[];
  /** Titles of the panels that are empty while nothing is wrong. @default none */
  readonly emptyWhenHealthy?: readonly string[];
  /** Titles of the panels that are empty until Prometheus has some days of history. @default none */
  readonly needsHistory?: readonly string[];
}

/** Returns the JSON model of a dashboard for one kind of delivery. Panels are numbered and placed in order. */
export function toDashboard({ sections, ...plan }: DashboardPlan, delivery: Delivery): Dashboard {
  const dashboard = emptyDashboard(plan, delivery);
  let id = 0;
  for (const { title, panels } of sections) {
    id += 1;
    dashboard.withRow(new RowBuilder(title).id(id));
    for (const panel of panels) {
      id += 1;
      dashboard.withPanel(panel(delivery).id(id));
    }
  }
  return dashboard.build();
}

function emptyDashboard(
  { uid, title, description, variables }: Omit<DashboardPlan, 'sections'>,
  delivery: Delivery,
): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(uid)
    .description(`${description} ${FITS[delivery]}`)
    .tags([TAG, 'aws', 'cost'])
    .timezone('utc') // billing days are UTC
    .time({ from: 'now-30d', to: 'now' })
    .refresh('15m')
    .links([toTheOthers()])
    .variables(variables.map((variable) => variable(delivery)));
}

const FITS: Readonly<Record<Delivery, string>> = {
  scraped: 'The queries fit numbers that Prometheus scrapes.',
  written: 'The queries fit numbers that are written to Prometheus by remote write.',
};

const TAG = 'tollgate';

/** Links to the other dashboards, which keep the shown time and the chosen values. */
function toTheOthers(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Tollgate')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(false)
    .includeVars(true)
    .keepTime(true);
}
