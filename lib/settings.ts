import { z } from 'zod';
import { ATTRIBUTION_RULES, type AttributionRule } from '../lambdas/catalog/attribution';
import { COLLECTORS, type CollectorName } from '../lambdas/catalog/collectors';
import { METRIC_PROFILES, WEBHOOK_FORMATS } from '../lambdas/catalog/environment';
import { RESOURCE_DATA_DAYS } from '../lambdas/catalog/price';
import { REGIONLESS, REGIONS } from '../lambdas/catalog/regions';

const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:[a-z-]+:${service}:`), `expected an ARN of ${service}`);
const hoursOf = (collector: CollectorName) =>
  z
    .array(z.int().min(0).max(23))
    .min(1)
    .default([...COLLECTORS[collector].hours])
    .describe(`Hours of the day, 0 to 23, at which \`${collector}\` runs.`);
const HOURS = Object.fromEntries(
  (Object.keys(COLLECTORS) as CollectorName[]).map((collector) => [collector, hoursOf(collector)]),
) as Record<CollectorName, ReturnType<typeof hoursOf>>;
const accountId = z.string().regex(/^\d{12}$/, 'expected an account id of twelve digits');
const ids = (prefix: string) =>
  z
    .array(z.string().regex(new RegExp(`^${prefix}-[0-9a-f]+$`), `expected an id such as ${prefix}-0a1b2c3d`))
    .min(1);

/** What may stand in the `tollgate` object of cdk.json's context. The descriptions become the README's settings table. */
export const SETTINGS = z
  .strictObject({
    pushgateway: z.strictObject({
      url: z
        .url({ protocol: /^(https?|stdout)$/, error: 'expected an http or https URL, or stdout:' })
        .refine(
          isPlain,
          'expected a URL without credentials, query and fragment; credentials belong in headersSecretArn',
        )
        .describe('Where to push. `stdout:` writes the exposition text to the function’s log instead.'),
      headersSecretArn: arn('secretsmanager')
        .optional()
        .describe(
          'Secret with request headers as a JSON object: `{"Authorization":"Basic …"}`, `{"X-BK-TOKEN":"…"}`.',
        ),
    }),
    deployment: z
      .string()
      .min(1)
      .optional()
      .describe('Grouping key `deployment`: tells several installations on one gateway apart.'),
    members: z
      .array(
        z.strictObject({
          accountId,
          roleArn: z.string().regex(/^arn:[a-z-]+:iam::\d{12}:role\/\S+$/, 'expected the ARN of an IAM role'),
          externalId: z.string().min(2).max(1224).optional(),
        }),
      )
      .refine(
        (members) => new Set(members.map((member) => member.accountId)).size === members.length,
        'expected each account once',
      )
      .refine(
        (members) => members.every((member) => member.roleArn.split(':')[4] === member.accountId),
        'expected each roleArn to be of its accountId',
      )
      .optional()
      .describe(
        'Further accounts, each entered by assuming a role: `[{"accountId":"…","roleArn":"…","externalId":"…"}]`. Each pays its own queries.',
      ),
    metricProfile: z
      .enum(METRIC_PROFILES)
      .default('tollgate')
      .describe(
        '`xc3` pushes the same facts under XC3’s metric names, labels and jobs (docs/moving-from-xc3.md).',
      ),
    accountNames: z
      .record(accountId, z.string().min(1))
      .optional()
      .describe('Names by account id, for the `id-name` labels of the profile `xc3`.'),
    ownerTag: z
      .string()
      .min(1)
      .max(128)
      .default('Owner')
      .describe('Cost allocation tag that names the owner.'),
    attribution: z
      .array(z.enum(Object.keys(ATTRIBUTION_RULES) as [AttributionRule, ...AttributionRule[]]))
      .min(1)
      .refine((rules) => new Set(rules).size === rules.length, 'expected each rule at most once')
      .default(['owner-tag'])
      .describe(
        'Rules by which a dollar finds its owner, in order: `owner-tag`, `created-by` (AWS’s tag `aws:createdBy`). Each is a query.',
      ),
    regions: z
      .array(z.enum([...REGIONS, ...REGIONLESS]))
      .min(1)
      .optional()
      .describe(
        'Regions in scope, `global` and `NoRegion` among them; without it, those Cost Explorer names.',
      ),
    costDays: z.int().min(1).max(365).default(14).describe('Whole UTC days of the cost window.'),
    resourceDays: z
      .int()
      .min(1)
      .max(RESOURCE_DATA_DAYS)
      .default(RESOURCE_DATA_DAYS - 1)
      .describe(
        'Whole UTC days of the resource window. AWS keeps resource-level data for 14 days; the default leaves one for a retry after midnight.',
      ),
    settleDays: z
      .int()
      .min(1)
      .max(RESOURCE_DATA_DAYS)
      .default(1)
      .describe('Windows end this many days ago: 1 is yesterday. More days, fewer restatements.'),
    resourceServices: z
      .array(z.string().min(1))
      .min(1)
      .default(['Amazon Elastic Compute Cloud - Compute'])
      .describe('Services, by their Cost Explorer names, to ask resource-level costs of.'),
    projectTag: z
      .string()
      .min(1)
      .max(128)
      .default('Project')
      .describe('Cost allocation tag that names the project.'),
    projectDays: z.int().min(1).max(365).default(30).describe('Whole UTC days of the project window.'),
    projectUsageTypes: z
      .array(z.string())
      .refine((projects) => new Set(projects).size === projects.length, 'expected each project at most once')
      .default([])
      .describe(
        'Projects to ask usage types and quantities of; each is a query. `""` is spend without the tag.',
      ),
    roleCosts: z
      .boolean()
      .optional()
      .describe(
        'Publish what the instances of roles cost, which is a query; without it, docs/roles.md joins it. On in the profile `xc3`.',
      ),
    requiredTags: z
      .array(z.string().regex(/^(?!aws:).{1,128}$/u, 'expected a tag key of your own, not of aws:'))
      .min(1)
      .refine((tags) => new Set(tags).size === tags.length, 'expected each tag at most once')
      .default(['Owner', 'Project'])
      .describe('Tags that every resource should have.'),
    budgetUsd: z
      .number()
      .positive()
      .optional()
      .describe(
        'What a calendar month may cost, all accounts that one pays for: the limit of the alert on the forecast.',
      ),
    digest: z
      .strictObject({
        prometheusUrl: z
          .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
          .refine(isPlain, 'expected a URL without credentials, query and fragment')
          .describe('The Prometheus that the digest reads.'),
        prometheusHeadersSecretArn: arn('secretsmanager')
          .optional()
          .describe('Secret with request headers for it, as a JSON object.'),
        webhookSecretArn: arn('secretsmanager').describe('Secret whose text is the URL to post to.'),
        format: z
          .enum(WEBHOOK_FORMATS)
          .default('slack')
          .describe('`slack`, `teams`, or `webhook`: the figures as plain JSON.'),
      })
      .optional()
      .describe(
        'A cost report to a chat channel, from the metrics of the default profile; without it, the function is not deployed.',
      ),
    maxSeries: z
      .int()
      .min(20)
      .max(1_000_000)
      .default(2_000)
      .describe('Series a job may hold; the smallest fold into `__other__`.'),
    maxRoleSessions: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(100)
      .describe(
        'Role sessions that a Region may show under `created-by`; the smallest fold into `__other__`.',
      ),
    maxRequests: z
      .int()
      .min(1)
      .max(10_000)
      .default(30)
      .describe(
        'Cost Explorer requests a run may send for an account, pages and retries included: the cap of the price.',
      ),
    hours: z.strictObject(HOURS).prefault({}),
    timeZone: z
      .string()
      .refine(isTimeZone, 'expected a time zone such as Etc/UTC or Europe/Berlin')
      .default('Etc/UTC')
      .describe('Time zone of the hours.'),
    logRetentionDays: z
      .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365])
      .default(30)
      .describe('Days that the functions’ logs are kept.'),
    alarmTopicArn: arn('sns').optional().describe('SNS topic that the alarms notify.'),
    reservedConcurrency: z
      .int()
      .min(1)
      .optional()
      .describe('Reserved concurrency of each function; accounts with a limit of 10 cannot deploy with it.'),
    vpc: z
      .strictObject({
        subnetIds: ids('subnet').describe('Subnets with a way to AWS and to the gateway.'),
        securityGroupIds: ids('sg').describe('Security groups of the functions.'),
      })
      .optional()
      .describe('Only when the gateway is private.'),
  })
  .check(({ value: { resourceDays, settleDays }, issues }) => {
    const most = RESOURCE_DATA_DAYS + 1 - settleDays;
    if (resourceDays <= most) return;
    const message = `expected at most ${most} with settleDays ${settleDays}: AWS keeps resource-level data for ${RESOURCE_DATA_DAYS} days`;
    issues.push({ code: 'custom', path: ['resourceDays'], input: resourceDays, message });
  });

export type Settings = z.output<typeof SETTINGS>;

function isPlain(url: string): boolean {
  if (!URL.canParse(url)) return true; // told already
  const { username, password, search, hash } = new URL(url);
  return `${username}${password}${search}${hash}` === '';
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
