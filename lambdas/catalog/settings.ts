import * as v from 'valibot';
import { FORMER_GATEWAY, sinksOf } from './former-gateway';
import { RESOURCE_DATA_DAYS } from './price';
import { type MetricProfile, RUNTIME_SETTINGS, SETTINGS_EXAMPLE } from './runtime-settings';
import { SERVE } from './serve-settings';
import {
  arnOf,
  expected,
  idsOf,
  integer,
  objectOf,
  positiveNumber,
  setting,
  timeZone,
} from './setting-types';
import { EXAMPLE_SINKS, isRetired } from './sink-settings';

/** The retention periods of CloudWatch Logs, up to a year. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365] as const;

/** Every setting by name. Functions read the first ones; the others are of the stack and of the exporter. */
const ENTRIES = {
  ...RUNTIME_SETTINGS,
  pushgateway: setting(v.optional(FORMER_GATEWAY), 'Deprecated: write an entry of `sinks`.'),
  budgetUsd: setting(
    v.optional(positiveNumber('a number of USD above 0 such as 1000')),
    'Budget of a calendar month in USD for all accounts that one account pays for: the limit of the alert on the forecast.',
  ),
  gapTolerance: setting(
    v.optional(
      objectOf(
        {
          usd: setting(
            v.optional(positiveNumber('a number of USD above 0 such as 0.01'), 0.01),
            'Difference in USD.',
          ),
          share: setting(
            v.optional(positiveNumber('a fraction above 0 such as 0.001'), 0.001),
            'Difference as a fraction of the total.',
          ),
        },
        '{"usd":0.01,"share":0.001}',
      ),
      {},
    ),
    'The alert on a breakdown gap fires when the gap exceeds both. Cost Explorer may refresh between two requests of one run.',
  ),
  timeZone: setting(v.optional(timeZone, 'Etc/UTC'), 'Time zone of the hours.'),
  serve: SERVE,
  logRetentionDays: setting(
    v.optional(v.picklist(RETENTION_DAYS, expected(`one of ${RETENTION_DAYS.join(', ')}`)), 30),
    'Days that the functions’ logs are kept.',
  ),
  alarmTopicArn: setting(
    v.optional(arnOf('sns', '[\\w-]+(?:\\.fifo)?', 'alerts')),
    'SNS topic that the alarms notify.',
  ),
  reservedConcurrency: setting(
    v.optional(integer(1, 1_000)),
    'Reserved concurrency of each function; accounts with a limit of 10 cannot deploy with it.',
  ),
  vpc: setting(
    v.optional(
      objectOf(
        {
          subnetIds: setting(idsOf('subnet'), 'Subnets with a route to AWS and to the gateway.'),
          securityGroupIds: setting(idsOf('sg'), 'Security groups of the functions.'),
        },
        '{"subnetIds":["subnet-0a1b2c3d"],"securityGroupIds":["sg-0a1b2c3d"]}',
      ),
    ),
    'Only when the gateway is private.',
  ),
};

/** The `tollgate` object of cdk.json's context, or the settings that another CDK app passes. */
export const SETTINGS = v.pipe(
  objectOf(ENTRIES, SETTINGS_EXAMPLE),
  v.forward(
    v.partialCheck([['resourceDays'], ['settleDays']], reachesResourceData, ({ input: { settleDays } }) =>
      expected(
        `at most ${mostResourceDays(settleDays)} with settleDays ${settleDays}: AWS keeps resource-level data for ${RESOURCE_DATA_DAYS} days`,
      ),
    ),
    ['resourceDays'],
  ),
  v.forward(
    v.partialCheck(
      [['digest'], ['metricProfile']],
      ({ digest, metricProfile }) => digest === undefined || metricProfile === 'tollgate',
      expected('"tollgate" together with the setting digest, which reads the metrics of that profile'),
    ),
    ['metricProfile'],
  ),
  v.forward(
    v.partialCheck(
      [['resourceServices'], ['roleCosts'], ['metricProfile']],
      (settings) => settings.resourceServices.length > 0 || !hasRoleCosts(settings),
      expected('at least one service together with roleCosts, which is on by default in the profile xc3'),
    ),
    ['resourceServices'],
  ),
  v.forward(
    v.partialCheck(
      [['sinks'], ['pushgateway']],
      ({ sinks, pushgateway }) => sinks !== undefined || pushgateway !== undefined,
      expected(`an array such as ${EXAMPLE_SINKS}`),
    ),
    ['sinks'],
  ),
  v.forward(
    v.partialCheck(
      [['sinks'], ['pushgateway']],
      ({ sinks, pushgateway }) => sinks === undefined || pushgateway === undefined,
      expected('nothing beside the setting sinks, which replaces this one'),
    ),
    ['pushgateway'],
  ),
  v.forward(
    v.partialCheck(
      [['sinks'], ['metricProfile']],
      ({ sinks = [], metricProfile }) =>
        metricProfile === 'tollgate' ||
        !sinks.some((sink) => sink.type === 'remote-write' && !isRetired(sink)),
      expected(
        '"tollgate" together with a sink of type remote-write, because XC3’s labels hold dates and amounts',
      ),
    ),
    ['metricProfile'],
  ),
  v.transform(({ pushgateway, ...settings }) => ({
    ...settings,
    sinks: sinksOf(settings.sinks, pushgateway),
    roleCosts: hasRoleCosts(settings),
  })),
);

/** Settings with their defaults. */
export interface Settings extends v.InferOutput<typeof SETTINGS> {}
/** Settings before defaults are added. Only `sinks` is required. */
export interface SettingsInput extends v.InferInput<typeof SETTINGS> {}

/** Returns the setting, or its default: XC3's metric of roles contains their cost. */
function hasRoleCosts({
  roleCosts,
  metricProfile,
}: {
  readonly roleCosts?: boolean;
  readonly metricProfile: MetricProfile;
}): boolean {
  return roleCosts ?? metricProfile === 'xc3';
}

function reachesResourceData({ resourceDays, settleDays }: { resourceDays: number; settleDays: number }) {
  return resourceDays <= mostResourceDays(settleDays);
}

function mostResourceDays(settleDays: number): number {
  return RESOURCE_DATA_DAYS + 1 - settleDays;
}
