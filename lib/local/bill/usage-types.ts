import Big from 'big.js';
import type { Charge } from './bill';
import type { Random } from './random';

/** The metered usage of a charge. */
export type Usage = Pick<Charge, 'usageType' | 'quantity' | 'unit'>;

/** Chooses a meter of the service and its usage of one day in the Region. Tax and similar charges have none. */
export function usageOf(random: Random, { service, region }: Pick<Charge, 'service' | 'region'>): Usage {
  const meters = METERS[service];
  if (!meters) return { usageType: '', quantity: '0', unit: '' };
  const { usageType, unit, aDay, decimals } = random.pick(meters);
  const [least, most] = aDay;
  const steps = new Big(10).pow(decimals);
  const fraction = random.below(steps.toNumber());
  const quantity = steps
    .times(least + random.below(most - least))
    .plus(fraction)
    .div(steps);
  return { usageType: inRegion(usageType, region), quantity: quantity.toFixed(), unit };
}

interface Meter {
  /** The usage type without its Region's prefix. */
  readonly usageType: string;
  readonly unit: string;
  /** Least usage of a day, and the limit that it stays below. */
  readonly aDay: readonly [number, number];
  readonly decimals: 0 | 3;
}

const ALL_DAY = { unit: 'Hrs', aDay: [24, 25], decimals: 0 } as const;

/** Meters by Cost Explorer's name of the service. */
const METERS: Readonly<Record<string, readonly [Meter, ...Meter[]]>> = {
  'Amazon Elastic Compute Cloud - Compute': [
    { usageType: 'BoxUsage:t3.micro', ...ALL_DAY },
    { usageType: 'BoxUsage:m5.large', ...ALL_DAY },
    { usageType: 'SpotUsage:c5.xlarge', unit: 'Hrs', aDay: [0, 24], decimals: 3 },
  ],
  'EC2 - Other': [
    { usageType: 'EBS:VolumeUsage.gp3', unit: 'GB-Mo', aDay: [0, 16], decimals: 3 },
    { usageType: 'NatGateway-Hours', ...ALL_DAY },
  ],
  'Amazon Simple Storage Service': [
    { usageType: 'TimedStorage-ByteHrs', unit: 'GB-Mo', aDay: [0, 90], decimals: 3 },
    { usageType: 'Requests-Tier1', unit: 'Requests', aDay: [1, 90_000], decimals: 0 },
  ],
  'AWS Lambda': [{ usageType: 'Lambda-GB-Second', unit: 'Lambda-GB-Second', aDay: [0, 90_000], decimals: 3 }],
  'Amazon Relational Database Service': [{ usageType: 'InstanceUsage:db.t3.medium', ...ALL_DAY }],
  AmazonCloudWatch: [{ usageType: 'CW:MetricMonitorUsage', unit: 'Metrics', aDay: [0, 9], decimals: 3 }],
  'Amazon Route 53': [{ usageType: 'DNS-Queries', unit: 'Queries', aDay: [1, 900_000], decimals: 0 }],
  'Amazon CloudFront': [
    { usageType: 'EU-Requests-Tier1', unit: 'Requests', aDay: [1, 900_000], decimals: 0 },
  ],
  'AWS Support (Business)': [{ usageType: 'Dollar', unit: 'Dollar', aDay: [1, 9], decimals: 3 }],
};

/** The two oldest Regions have irregular prefixes. */
const OLD_PREFIXES: Readonly<Record<string, string>> = { 'us-east-1': '', 'eu-west-1': 'EU-' };

/** Returns `APS1-BoxUsage:t3.micro` in ap-southeast-1, and the usage type without a prefix if there is no Region. */
export function inRegion(usageType: string, region: string): string {
  return `${OLD_PREFIXES[region] ?? prefixOf(region)}${usageType}`;
}

function prefixOf(region: string): string {
  const [, area, direction, number] = /^([a-z]+)-([a-z])[a-z]*-(\d)$/.exec(region) ?? [];
  return area && direction && number ? `${area}${direction}${number}-`.toUpperCase() : '';
}
