import type Registry from 'prom-client/lib/registry';
import { type Group, type GroupName, sizeOf } from './group';
import { toRegistry } from './registry';

/** A group as sinks receive it: its metrics are in a fresh registry of prom-client. */
export interface RegisteredGroup extends GroupName {
  readonly registry: Registry;
  /** 0 for a group without content. */
  readonly size: number;
}

/**
 * Returns the group with its registry.
 * @throws Error for two samples of one series, and for a label that the grouping key would silently overwrite.
 */
export function registered(group: Group): RegisteredGroup {
  const { job, groupingKey } = group;
  return { job, groupingKey, registry: toRegistry(group), size: sizeOf(group) };
}
