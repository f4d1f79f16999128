import type { VariableName } from '../lambdas/catalog/environment';
import type { Settings } from './settings';

/** What each environment variable says under these settings; undefined where it is left out. */
export function environmentOf(settings: Settings): Readonly<Record<VariableName, string | undefined>> {
  return {
    TOLLGATE_PUSHGATEWAY_URL: settings.pushgateway.url,
    TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN: settings.pushgateway.headersSecretArn,
    TOLLGATE_DEPLOYMENT: settings.deployment,
    TOLLGATE_MEMBERS: settings.members && JSON.stringify(settings.members),
    TOLLGATE_METRIC_PROFILE: settings.metricProfile,
    TOLLGATE_ACCOUNT_NAMES: settings.accountNames && JSON.stringify(settings.accountNames),
    TOLLGATE_OWNER_TAG: settings.ownerTag,
    TOLLGATE_ATTRIBUTION: JSON.stringify(settings.attribution),
    TOLLGATE_REGIONS: settings.regions && JSON.stringify(settings.regions),
    TOLLGATE_COST_DAYS: String(settings.costDays),
    TOLLGATE_RESOURCE_DAYS: String(settings.resourceDays),
    TOLLGATE_SETTLE_DAYS: String(settings.settleDays),
    TOLLGATE_RESOURCE_SERVICES: JSON.stringify(settings.resourceServices),
    TOLLGATE_MAX_SERIES: String(settings.maxSeries),
    TOLLGATE_MAX_ROLE_SESSIONS: String(settings.maxRoleSessions),
    TOLLGATE_PROJECT_TAG: settings.projectTag,
    TOLLGATE_PROJECT_DAYS: String(settings.projectDays),
    TOLLGATE_PROJECT_USAGE_TYPES: JSON.stringify(settings.projectUsageTypes),
    TOLLGATE_REQUIRED_TAGS: JSON.stringify(settings.requiredTags),
    TOLLGATE_ROLE_COSTS: String(asksRoleCosts(settings)),
    TOLLGATE_PROMETHEUS_URL: settings.digest?.prometheusUrl,
    TOLLGATE_PROMETHEUS_HEADERS_SECRET_ARN: settings.digest?.prometheusHeadersSecretArn,
    TOLLGATE_WEBHOOK_SECRET_ARN: settings.digest?.webhookSecretArn,
    TOLLGATE_WEBHOOK_FORMAT: settings.digest?.format,
    TOLLGATE_MAX_REQUESTS: String(settings.maxRequests),
  };
}

/** XC3's metric of roles holds their cost, so its profile asks for it. */
export function asksRoleCosts({
  roleCosts,
  metricProfile,
}: Pick<Settings, 'roleCosts' | 'metricProfile'>): boolean {
  return roleCosts ?? metricProfile === 'xc3';
}
