import cdk from '../../cdk.json';
import { readSettings } from '../../lib/config';
import { dashboardModels } from '../../lib/dashboards/all';

export const SETTINGS = readSettings(cdk.context.tollgate);

/** The dashboards of docs/dashboards. */
export const DASHBOARDS = dashboardModels(SETTINGS, 'scraped');

/** The dashboards for numbers that are written. */
export const WRITTEN_DASHBOARDS = dashboardModels(SETTINGS, 'written');
