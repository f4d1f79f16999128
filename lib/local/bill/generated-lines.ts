import { CREATED_BY_TAG } from '../../../lambdas/catalog/attribution';
import { type DailyPrice, dailyPrice } from './amount';
import { type Charge, NO_REGION } from './bill';
import type { Random } from './random';
import { type Place, pickKind, RESOURCE_KINDS } from './resource-kinds';
import { type Usage, usageOf } from './usage-types';

/** A charge that recurs every day. */
export interface CostLine extends Omit<Charge, 'accountId' | 'day' | 'usd' | 'effectiveUsd'> {
  /** The ARN of the resource; absent when the line has no resource. */
  readonly arn?: string;
  readonly price: DailyPrice;
  readonly days: readonly string[];
}

interface CostLinesOptions {
  readonly owners: readonly string[];
  /** Values of `aws:createdBy` for resources without an owner tag, one Region after another. */
  readonly creators: readonly string[];
  readonly regions: readonly string[];
  /** The days, oldest first. */
  readonly days: readonly string[];
  readonly accountId: string;
  readonly ownerTag: string;
  readonly projectTag: string;
  readonly resourcesPerUser: number;
}

interface Choices {
  /** Chooses names and prices. */
  readonly random: Random;
  /** Chooses everything else, so that further choices change neither names nor prices. */
  readonly details: Random;
}

/** Returns the charges that recur every day: those of owners, those without an owner, credits and refunds. */
export function costLines({ random, details }: Choices, options: CostLinesOptions): CostLine[] {
  return pricedLines(random, options).map((line) => ({
    ...line,
    tags: { ...projectOf(details, line, options), ...line.tags },
    ...usage(details, line),
  }));
}

// Cost Explorer groups by the exact value of a tag, and a group's key contains a $ itself.
const PROJECTS = ['atlas', 'billing api', 'data-lake', 'Zürich', 'a$b'] as const;

/** Returns a project for two thirds of the owned resources. */
function projectOf(
  details: Random,
  { arn, tags }: PricedLine,
  { ownerTag, projectTag }: CostLinesOptions,
): Record<string, string> {
  const isOwned = arn !== undefined && Object.hasOwn(tags, ownerTag);
  return isOwned && details.below(3) > 0 ? { [projectTag]: details.pick(PROJECTS) } : {};
}

/** Returns the usage of a line; credits and refunds have none. */
function usage(details: Random, line: PricedLine): Usage {
  const metered = usageOf(details, line);
  return line.recordType === 'Usage' ? metered : { ...metered, quantity: '0' };
}

type PricedLine = Omit<CostLine, keyof Usage>;

function pricedLines(random: Random, options: CostLinesOptions): PricedLine[] {
  return [
    ...options.owners.flatMap((owner, index) => ownedBy(random, options, { owner, index })),
    ...options.regions.flatMap((region, index) => withoutOwner(random, options, { region, index })),
    ...withoutRegion(random, options),
    ...givenBack(random, options),
  ];
}

const ENVIRONMENTS = ['prod', 'prod', 'dev', 'test'] as const;

/** Assigns Regions to resources in turn. Each owner starts with another Region. */
function ownedBy(
  random: Random,
  { regions, accountId, ownerTag, days, resourcesPerUser }: CostLinesOptions,
  { owner, index }: { owner: string; index: number },
): PricedLine[] {
  return Array.from({ length: resourcesPerUser }, (_, turn) => {
    const region = regions[(index + turn) % regions.length] ?? '';
    const tags = { [ownerTag]: owner, environment: random.pick(ENVIRONMENTS) };
    return resource(random, { region, accountId }, { tags, days });
  });
}

/** Returns resources without an owner tag or with another tag, and charges without a resource. */
function withoutOwner(
  random: Random,
  { accountId, days, creators }: CostLinesOptions,
  { region, index }: { region: string; index: number },
): PricedLine[] {
  const place = { region, accountId };
  const created = { [CREATED_BY_TAG]: creators[index % creators.length] ?? '' };
  return [
    resource(random, place, { tags: created, days, kind: RESOURCE_KINDS[0] }),
    resource(random, place, { tags: {}, days }),
    resource(random, place, { tags: { environment: 'prod' }, days }),
    charged(random, { service: 'EC2 - Other', region, cents: [20, 900], days }),
    charged(random, { service: 'AmazonCloudWatch', region, cents: [5, 400], days }),
  ];
}

function withoutRegion(
  random: Random,
  { accountId, owners, ownerTag, days }: CostLinesOptions,
): PricedLine[] {
  const [owner = ''] = owners;
  const zone = `arn:aws:route53:::hostedzone/Z${random.text(13, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}`;
  const distribution = `arn:aws:cloudfront::${accountId}:distribution/E${random.text(13, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}`;
  const line = { region: 'global', cents: [2, 300], days } as const;
  return [
    charged(random, { ...line, service: 'Amazon Route 53', arn: zone, tags: { [ownerTag]: owner } }),
    charged(random, {
      ...line,
      service: 'Amazon CloudFront',
      arn: distribution,
      tags: { environment: 'prod' },
    }),
    charged(random, { ...line, service: 'Amazon Route 53' }),
    charged(random, { service: 'AWS Support (Business)', region: NO_REGION, cents: [300, 400], days }),
    {
      ...charged(random, { service: 'Tax', region: NO_REGION, cents: [900, 9_000], days }),
      recordType: 'Tax',
    },
  ];
}

/** Returns daily credits, and refunds on the last day. Some belong to the owner of a resource, some are unattributed. */
function givenBack(random: Random, { regions, owners, ownerTag, days }: CostLinesOptions): PricedLine[] {
  const service = RESOURCE_KINDS[0].service;
  const [first = '', last = first] = [regions[0], regions.at(-1)];
  const tags = { [ownerTag]: owners[0] ?? '' };
  const credit = { recordType: 'Credit', days, cents: [1, 9] } as const;
  const refund = { recordType: 'Refund', days: days.slice(-1), cents: [10, 99] } as const;
  const lines = [
    { ...credit, region: first, tags },
    { ...credit, region: last },
    { ...refund, region: first },
    { ...refund, region: last, tags },
  ];
  return lines.map(({ recordType, ...line }) => {
    const given = charged(random, { service, ...line });
    return { ...given, recordType, price: -given.price };
  });
}

function resource(
  random: Random,
  place: Place,
  {
    kind = pickKind(random),
    ...rest
  }: Pick<PricedLine, 'tags' | 'days'> & { kind?: ReturnType<typeof pickKind> },
): PricedLine {
  const name = kind.name(random);
  const [least, most] = kind.centsADay;
  return {
    service: kind.service,
    region: place.region,
    resourceId: kind.resourceId(name, place),
    arn: kind.arn(name, place),
    recordType: 'Usage',
    price: dailyPrice(random, least, most),
    ...rest,
  };
}

interface ChargedOptions {
  readonly service: string;
  readonly region: string;
  readonly days: readonly string[];
  /** Least and most cents per day. */
  readonly cents: readonly [number, number];
  readonly tags?: Readonly<Record<string, string>>;
  /** The ARN of the resource, which is also its id in Cost Explorer. @default no resource */
  readonly arn?: string;
}

function charged(
  random: Random,
  { cents: [least, most], arn, tags = {}, ...rest }: ChargedOptions,
): PricedLine {
  const price = dailyPrice(random, least, most);
  return { ...rest, tags, arn, resourceId: arn ?? '', recordType: 'Usage', price };
}
