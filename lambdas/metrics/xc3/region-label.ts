import { regionName } from '../region-names';

/** `eu-west-1 (Ireland)`. */
export function regionLabel(region: string, unknown = UNKNOWN): string {
  return `${region} (${regionName(region) ?? unknown})`;
}

/** `eu-west-1-Ireland`. */
export function hyphenatedRegion(region: string): string {
  return `${region}-${regionName(region) ?? UNKNOWN}`;
}

const UNKNOWN = 'unknown region name';
