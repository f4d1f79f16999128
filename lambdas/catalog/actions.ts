import { COLLECTORS, type CollectorDefinition, type CollectorName, type Switch } from './collectors';
import type { Settings } from './settings';

/** The action that only resource-level costs need. */
export const RESOURCE_COSTS_ACTION = 'ce:GetCostAndUsageWithResources';

/** Returns the IAM actions that the collector's function needs with these settings, sorted. */
export function actionsOf(collector: CollectorName, settings: Partial<Pick<Settings, Switch>>): string[] {
  return actionsWhere(collector, (name) => isOn(settings[name]));
}

/** Returns the IAM actions of all collectors with every setting switched on, sorted. */
export function everyAction(): string[] {
  return sorted(
    (Object.keys(COLLECTORS) as CollectorName[]).flatMap((name) => actionsWhere(name, () => true)),
  );
}

function actionsWhere(collector: CollectorName, isChosen: (name: Switch) => boolean): string[] {
  const { actions, actionsWith = {} }: CollectorDefinition = COLLECTORS[collector];
  const optional = Object.entries(actionsWith) as [Switch, readonly string[]][];
  return sorted([...actions, ...optional.flatMap(([name, more]) => (isChosen(name) ? more : []))]);
}

/** Reports whether a setting switches its part on: `true`, or an array with an item. */
export function isOn(value: Settings[Switch] | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value === true;
}

function sorted(actions: readonly string[]): string[] {
  return [...new Set(actions)].sort();
}
