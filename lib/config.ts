import { z } from 'zod';
import { ATTRIBUTION_RULES, type AttributionRule } from '../lambdas/catalog/attribution';
import { COLLECTORS, type CollectorName } from '../lambdas/catalog/collectors';
import { RESOURCE_DATA_DAYS } from '../lambdas/catalog/price';
import { REGIONLESS, REGIONS } from '../lambdas/catalog/regions';
import { Mistake } from './mistake';

const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:[a-z-]+:${service}:`), `expected an ARN of ${service}`);
const hours = (collector: CollectorName) =>
  z
    .array(z.int().min(0).max(23))
    .min(1)
    .default([...COLLECTORS[collector].hours])
    .describe(`Hours of the day, 0 to 23, at which \`${collector}\` runs.`);
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
      .describe('Cost Explorer requests a run may send, pages and retries included: the cap of the price.'),
    hours: z
      .strictObject({ 'iam-users': hours('iam-users'), 'user-costs': hours('user-costs') } satisfies Record<
        CollectorName,
        z.ZodType
      >)
      .prefault({}),
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

/**
 * Reads the `tollgate` object of the context.
 * @throws SettingsError that names every unknown key and every bad value, and what is allowed.
 */
export function readSettings(context: unknown): Settings {
  const read = SETTINGS.safeParse(context ?? {}, { reportInput: true });
  if (read.success) return read.data;
  throw new SettingsError(read.error.issues.map(describe));
}

/** Mistakes in the settings, for the person who wrote them. */
export class SettingsError extends Mistake {
  override readonly name = 'SettingsError';
  constructor(problems: readonly string[]) {
    super(['cdk.json, context "tollgate":', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue): string {
  const at = issue.path.join('.') || 'tollgate';
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => [...issue.path, key].join('.'));
    return `${keys.join(', ')}: unknown key; allowed here: ${allowedKeys(issue.path).join(', ')}`;
  }
  const got = issue.input === undefined ? 'nothing' : JSON.stringify(issue.input);
  return `${at}: ${expectation(issue.message)}, got ${got}`;
}

function allowedKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.ZodType = SETTINGS;
  for (const key of path) schema = unwrap(schema).shape[String(key)] as z.ZodType;
  return Object.keys(unwrap(schema).shape);
}

/** The object inside optional and default wrappers. */
export function unwrap(schema: z.ZodType): z.ZodObject {
  return schema instanceof z.ZodObject ? schema : unwrap((schema as z.ZodOptional<z.ZodType>).unwrap());
}

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

/** zod's "Invalid input: expected number, received string" without what came, which is shown as it is. */
function expectation(message: string): string {
  const text = message.replace(/^Invalid input: /, '').replace(/, received \w+$/, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
