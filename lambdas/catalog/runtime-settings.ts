import * as v from 'valibot';
import { ATTRIBUTION_RULES, type AttributionRule } from './attribution';
import { COLLECTORS, type CollectorName } from './collectors';
import { RESOURCE_DATA_DAYS } from './price';
import { ALLOW_INSECURE, isPrivate, SECRET, unencrypted } from './secret-settings';
import {
  accountId,
  expected,
  integer,
  list,
  matching,
  objectOf,
  oneOf,
  ownTagKey,
  region,
  serviceName,
  set,
  setting,
  tagKey,
  text,
  urlOf,
} from './setting-types';
import { EXAMPLE_SINKS, SINKS } from './sink-settings';

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

/** An account that is entered by assuming a role in it. */
export type Member = v.InferOutput<typeof MEMBER>;

const hoursOf = (collector: CollectorName) =>
  setting(
    v.optional(list(integer(0, 23), '[6, 18]'), [...COLLECTORS[collector].hours]),
    `Hours of the day, 0 to 23, at which \`${collector}\` runs.`,
  );

const HOURS = Object.fromEntries(
  (Object.keys(COLLECTORS) as CollectorName[]).map((collector) => [collector, hoursOf(collector)]),
) as Record<CollectorName, ReturnType<typeof hoursOf>>;

/** The settings that functions read, by name. The descriptions become the settings table of the README. */
export const RUNTIME_SETTINGS = {
  sinks: setting(
    v.optional(SINKS),
    'Where to publish: an array of sinks ([which one](docs/delivery.md)). A run that cannot publish to one of them still publishes to the others.',
  ),
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
};

/** The shortest settings. */
export const SETTINGS_EXAMPLE = `{"sinks":${EXAMPLE_SINKS}}`;
