import type Registry from 'prom-client/lib/registry';
import { type Group, type GroupName, sizeOf } from './group';
import { toRegistry } from './registry';

/** A group as sinks receive it: its metrics are in a fresh registry of prom-client. */
export interface RegisteredGroup extends GroupName {
  readonly registry: Registry;
  /** 0 for a group without content. */
  readonly size: number;
}

/** A group that is published: with samples of the catalog, or with a registry that is already filled. */
export type AnyGroup = Group | RegisteredGroup;

/**
 * Returns the group with its registry.
 * @throws Error for two samples of one series, and for a label that the grouping key would silently overwrite.
 */
export function registered(group: AnyGroup): RegisteredGroup {
  if ('registry' in group) return group;
  const { job, groupingKey } = group;
  return { job, groupingKey, registry: toRegistry(group), size: sizeOf(group) };
}
