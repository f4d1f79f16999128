import type { VariableName } from '../lambdas/catalog/environment';
import type { Settings } from './config';

/** What each environment variable says under these settings; undefined where it is left out. */
export function environmentOf(settings: Settings): Readonly<Record<VariableName, string | undefined>> {
  return {
    TOLLGATE_PUSHGATEWAY_URL: settings.pushgateway.url,
    TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN: settings.pushgateway.headersSecretArn,
    TOLLGATE_DEPLOYMENT: settings.deployment,
    TOLLGATE_OWNER_TAG: settings.ownerTag,
    TOLLGATE_ATTRIBUTION: JSON.stringify(settings.attribution),
    TOLLGATE_REGIONS: settings.regions && JSON.stringify(settings.regions),
    TOLLGATE_COST_DAYS: String(settings.costDays),
    TOLLGATE_RESOURCE_DAYS: String(settings.resourceDays),
    TOLLGATE_SETTLE_DAYS: String(settings.settleDays),
    TOLLGATE_RESOURCE_SERVICES: JSON.stringify(settings.resourceServices),
    TOLLGATE_MAX_SERIES: String(settings.maxSeries),
    TOLLGATE_MAX_ROLE_SESSIONS: String(settings.maxRoleSessions),
    TOLLGATE_MAX_REQUESTS: String(settings.maxRequests),
  };
}
