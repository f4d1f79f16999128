import cdk from '../../cdk.json';
import { readSettings } from '../../lib/config';
import { dashboardModels } from '../../lib/dashboards/all';

export const SETTINGS = readSettings(cdk.context.tollgate);

/** The dashboards as docs/dashboards has them. */
export const DASHBOARDS = dashboardModels(SETTINGS);
