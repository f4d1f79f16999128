import { type Charge, HOME_OF_GLOBAL, type TaggedResource } from './bill';

interface Naming {
  readonly resourceId: RegExp;
  /** @default every service */
  readonly service?: string;
  readonly arn: (charge: Charge, accountId: string) => string;
}

/** Rules that turn Cost Explorer's resource ids into ARNs; the first match counts. */
const NAMINGS: readonly Naming[] = [
  { resourceId: /^arn:/, arn: ({ resourceId }) => resourceId },
  { resourceId: /^i-/, arn: (charge, accountId) => ec2Arn('instance', charge, accountId) },
  { resourceId: /^vol-/, arn: (charge, accountId) => ec2Arn('volume', charge, accountId) },
  {
    resourceId: /^[a-z0-9][a-z0-9.-]+$/,
    service: 'Amazon Simple Storage Service',
    arn: ({ resourceId }) => `arn:aws:s3:::${resourceId}`,
  },
];

function ec2Arn(type: string, { region, resourceId }: Charge, accountId: string): string {
  return `arn:aws:ec2:${region}:${accountId}:${type}/${resourceId}`;
}

/**
 * Returns each tagged resource once, with the tags of its latest day, because the Tagging API lists today's tags. Resources
 * whose ids have no known ARN are omitted.
 */
export function inventory(charges: readonly Charge[], accountId: string): TaggedResource[] {
  const latest = new Map<string, { readonly day: string; readonly resource: TaggedResource }>();
  for (const charge of charges) {
    const resource = taggedResource(charge, accountId);
    if (!resource) continue;
    const known = latest.get(resource.arn);
    if (!known || charge.day >= known.day) latest.set(resource.arn, { day: charge.day, resource });
  }
  return [...latest.values()].map(({ resource }) => resource);
}

function taggedResource(charge: Charge, accountId: string): TaggedResource | undefined {
  const { resourceId, service, region, tags } = charge;
  const naming = NAMINGS.find(
    (row) => row.resourceId.test(resourceId) && (row.service ?? service) === service,
  );
  if (!naming || Object.keys(tags).length === 0) return undefined;
  return { arn: naming.arn(charge, accountId), region: homeOf(region), tags };
}

function homeOf(region: string): string {
  return isRegion(region) ? region : HOME_OF_GLOBAL;
}

/** Reports whether the name is a Region; `global` and `NoRegion` are not. */
function isRegion(name: string): boolean {
  return /-\d$/.test(name);
}

/** Returns the Regions that the charges name, sorted. */
export function regionsOf(charges: readonly Charge[]): string[] {
  return [...new Set(charges.map(({ region }) => region))].filter(isRegion).sort();
}
