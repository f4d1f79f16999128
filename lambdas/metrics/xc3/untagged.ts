import { OTHER } from '../../catalog/metrics';
import type { ForeignSample } from '../sample';
import { type Rows, samplesOf } from './counterpart';
import { regionLabel, shortArn } from './labels';
import { row } from './metrics';

/** One row for each resource that lacks a required tag, whichever it lacks. */
export const untaggedRows: Rows = (samples) => {
  const rows = new Map<string, ForeignSample>();
  for (const { labels } of samplesOf('aws_resource_missing_tag', samples)) {
    const { account_id, region, resource } = labels;
    if (resource === OTHER) continue;
    const named = { resource: shortArn(resource), region: regionLabel(region, 'Unknown'), account_id };
    rows.set(JSON.stringify(named), row('TaggingResourceList', named, 0));
  }
  return [...rows.values()];
};
