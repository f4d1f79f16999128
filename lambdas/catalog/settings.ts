import * as v from 'valibot';
import { ATTRIBUTION_RULES, type AttributionRule } from './attribution';
import { COLLECTORS, type CollectorName } from './collectors';
import { RESOURCE_DATA_DAYS } from './price';
import { ALLOW_INSECURE, isPrivate, SECRET, unencrypted } from './secret-settings';
import { SERVE } from './serve-settings';
import {
  accountId,
  arnOf,
  expected,
  idsOf,
  integer,
  list,
  matching,
  objectOf,
  oneOf,
  ownTagKey,
  positiveNumber,
  region,
  serviceName,
  set,
  setting,
  tagKey,
  text,
  timeZone,
  urlOf,
} from './setting-types';
import { EXAMPLE_SINKS, FORMER_GATEWAY, isRetired, SINKS, sinksOf } from './sink-settings';

/** The names under which metrics are published: the catalog's, or those of XC3. */
const METRIC_PROFILES = ['tollgate', 'xc3'] as const;
export type MetricProfile = (typeof METRIC_PROFILES)[number];

/** The message formats of the digest's webhook. */
const WEBHOOK_FORMATS = ['slack', 'teams', 'webhook'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** The messages of other checks may contain only an account id that its own check accepts. */
const ACCOUNT_ID = /^\d{12}$/;

const MEMBER = v.pipe(
  objectOf(
    {
      accountId,
      roleArn: matching(
        /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/,
        'the ARN of an IAM role such as arn:aws:iam::222233334444:role/tollgate',
      ),
      externalId: v.optional(
        matching(/^[\w+=,.@:/-]{2,1224}$/, 'an external id of 2 to 1224 letters, digits and +=,.@:/-_'),
      ),
    },
    '{"accountId":"222233334444","roleArn":"arn:aws:iam::222233334444:role/tollgate"}',
  ),
  v.forward(
    v.partialCheck(
      [['accountId'], ['roleArn']],
      ({ accountId, roleArn }) => !ACCOUNT_ID.test(accountId) || roleArn.split(':')[4] === accountId,
      ({ input }) => expected(`a role of account ${input.accountId}`),
    ),
    ['roleArn'],
  ),
);

const hoursOf = (collector: CollectorName) =>
  setting(
    v.optional(list(integer(0, 23), '[6, 18]'), [...COLLECTORS[collector].hours]),
    `Hours of the day, 0 to 23, at which \`${collector}\` runs.`,
  );

const HOURS = Object.fromEntries(
  (Object.keys(COLLECTORS) as CollectorName[]).map((collector) => [collector, hoursOf(collector)]),
) as Record<CollectorName, ReturnType<typeof hoursOf>>;

/** The retention periods of CloudWatch Logs, up to a year. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365] as const;

/** Every setting by name. The descriptions become the settings table of the README. */
const ENTRIES = {
  sinks: setting(
    v.optional(SINKS),
    'Where to publish: an array of sinks ([which one](docs/delivery.md)). A run that cannot publish to one of them still publishes to the others.',
  ),
  pushgateway: setting(v.optional(FORMER_GATEWAY), 'Deprecated: write an entry of `sinks`.'),
  deployment: setting(
    v.optional(
      matching(/^[\w.-]{1,64}$/, 'at most 64 letters, digits, dots, hyphens and underscores such as blue'),
    ),
    'Grouping key `deployment`: distinguishes several installations on one gateway.',
  ),
  members: setting(
    v.optional(
      v.pipe(
        list(MEMBER, '[{"accountId":"…","roleArn":"…"}]'),
        v.checkItems(
          ({ accountId }, index, all) => all.findIndex((member) => member.accountId === accountId) === index,
          expected('each account once'),
        ),
      ),
    ),
    'Further accounts, each entered by assuming a role: `[{"accountId":"…","roleArn":"…","externalId":"…"}]`. Each pays for its own queries.',
  ),
  metricProfile: setting(
    v.optional(oneOf(METRIC_PROFILES), 'tollgate'),
    '`xc3` publishes the same facts under XC3’s metric names, labels and jobs (docs/moving-from-xc3.md).',
  ),
  accountNames: setting(
    v.optional(v.record(accountId, text('a name such as Production'), expected('account names by id'))),
    'Names by account id, for the `id-name` labels of the profile `xc3`.',
  ),
  ownerTag: setting(v.optional(tagKey('Owner'), 'Owner'), 'Cost allocation tag that names the owner.'),
  attribution: setting(
    v.optional(
      set(
        oneOf(Object.keys(ATTRIBUTION_RULES) as [AttributionRule, ...AttributionRule[]]),
        '["owner-tag","created-by"]',
      ),
      ['owner-tag'],
    ),
    'Rules that assign cost to an owner, tried in order: `owner-tag`, `created-by` (AWS’s tag `aws:createdBy`). One query each.',
  ),
  regions: setting(
    v.optional(list(region, '["eu-west-1","global"]')),
    'Regions in scope, which may include `global` and `NoRegion`. Default: those that Cost Explorer returns.',
  ),
  costDays: setting(v.optional(integer(1, 365), 14), 'Length of the cost window in full UTC days.'),
  resourceDays: setting(
    v.optional(integer(1, RESOURCE_DATA_DAYS), RESOURCE_DATA_DAYS - 1),
    'Length of the resource window in full UTC days. AWS keeps resource-level data for 14 days; the default leaves one for a retry after midnight.',
  ),
  settleDays: setting(
    v.optional(integer(1, RESOURCE_DATA_DAYS), 1),
    'Windows end this many days ago; 1 is yesterday. More days mean fewer restatements.',
  ),
  resourceServices: setting(
    v.optional(set(serviceName, '["Amazon Elastic Compute Cloud - Compute"]', { empty: true }), [
      'Amazon Elastic Compute Cloud - Compute',
    ]),
    'Services, by their Cost Explorer names, whose costs are published by resource. `[]` switches costs by resource off, which saves a query and two permissions.',
  ),
  projectTag: setting(
    v.optional(tagKey('Project'), 'Project'),
    'Cost allocation tag that names the project.',
  ),
  projectDays: setting(v.optional(integer(1, 365), 30), 'Length of the project window in full UTC days.'),
  projectUsageTypes: setting(
    v.optional(set(v.string(expected('a project')), '["atlas"]', { empty: true }), []),
    'Projects to break down by usage type; one extra query each. `""` is spend without the tag.',
  ),
  roleCosts: setting(
    v.optional(v.boolean(expected('true or false'))),
    'Publish instance cost by role (one extra query). Without it, use the join in docs/roles.md. On in the profile `xc3`.',
  ),
  requiredTags: setting(
    v.optional(set(ownTagKey('Owner'), '["Owner","Project"]'), ['Owner', 'Project']),
    'Tags that every resource should have.',
  ),
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
  digest: setting(
    v.optional(
      v.pipe(
        objectOf(
          {
            prometheusUrl: setting(
              urlOf(['http', 'https'], 'an http or https URL such as https://prometheus.example.com'),
              'The Prometheus that the digest reads.',
            ),
            prometheusHeadersSecretArn: setting(
              v.optional(SECRET),
              'Secret with request headers for it, as a JSON object.',
            ),
            webhookSecretArn: setting(SECRET, 'Secret whose text is the URL to post to.'),
            format: setting(
              v.optional(oneOf(WEBHOOK_FORMATS), 'slack'),
              '`slack`, `teams`, or `webhook`: the figures as plain JSON.',
            ),
            allowInsecure: ALLOW_INSECURE,
          },
          '{"prometheusUrl":"https://prometheus.example.com","webhookSecretArn":"arn:aws:secretsmanager:…"}',
        ),
        v.forward(
          v.partialCheck(
            [['prometheusUrl'], ['prometheusHeadersSecretArn'], ['allowInsecure']],
            ({ prometheusUrl, prometheusHeadersSecretArn, allowInsecure }) =>
              !prometheusHeadersSecretArn || allowInsecure || isPrivate(prometheusUrl),
            expected(unencrypted('prometheusHeadersSecretArn')),
          ),
          ['prometheusUrl'],
        ),
      ),
    ),
    'A cost report to a chat channel, read from the metrics of the default profile. Without it, the function is not deployed.',
  ),
  maxInventory: setting(
    v.optional(integer(1, 1_000_000), 10_000),
    'Most IAM users, IAM roles, and resources of a Region without a required tag that are listed by name. Each listed user also has a cost in every Region.',
  ),
  maxSeries: setting(
    v.optional(integer(20, 1_000_000), 2_000),
    'Most series of any other list of a job, such as resources, services or projects; the smallest are aggregated into `__other__`.',
  ),
  maxRoleSessions: setting(
    v.optional(integer(0, 1_000_000), 100),
    'Most role sessions of a Region under `created-by`; the smallest are aggregated into `__other__`.',
  ),
  maxRequests: setting(
    v.optional(integer(1, 10_000), 150),
    'Most Cost Explorer requests of a run for one account, pages and retries included: the cap of the price. A run sends one request for each page, so most accounts need as many as they have queries.',
  ),
  hours: v.optional(objectOf(HOURS, '{"user-costs":[6,18]}'), {}),
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

/** The shortest settings. */
export const SETTINGS_EXAMPLE = `{"sinks":${EXAMPLE_SINKS}}`;

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
/** An account that is entered by assuming a role in it. */
export type Member = v.InferOutput<typeof MEMBER>;

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
