import type * as v from 'valibot';
import { COLLECTORS, type CollectorDefinition, type CollectorName } from './collectors';
import { RUNTIME_SETTINGS, SETTINGS_EXAMPLE } from './runtime-settings';
import { objectOf } from './setting-types';
import type { Settings } from './settings';

/** The environment variable that holds the settings of a function as JSON. */
export const SETTINGS_VARIABLE = 'TOLLGATE_SETTINGS';

/** The settings that every function needs: the sinks and the published names. */
const EVERY_FUNCTION = ['sinks', 'deployment', 'metricProfile', 'accountNames'] as const;
const IN_EVERY_ACCOUNT = ['members'] as const;
const WITH_COST_EXPLORER = ['maxRequests'] as const;

type RuntimeSetting = keyof typeof RUNTIME_SETTINGS;

/** The settings that the collector itself reads, by its catalog row. */
export type CollectorSettings<C extends CollectorName> = Pick<
  Pick<Settings, RuntimeSetting>,
  (typeof COLLECTORS)[C]['settings'][number]
> &
  Required<Pick<Settings, NeededBy<(typeof COLLECTORS)[C]>>>;

/** A collector is deployed only with the settings that it needs, so they are always there. */
type NeededBy<R> = R extends { readonly needs: infer N extends keyof Settings } ? N : never;

/** The settings that any function may receive. */
export type AnyFunctionSettings = Pick<Settings, (typeof EVERY_FUNCTION)[number]> &
  Partial<Pick<Settings, 'members' | 'maxRequests'>>;

/** The settings that the collector's function receives. */
export type FunctionSettings<C extends CollectorName = CollectorName> = CollectorSettings<C> &
  AnyFunctionSettings;

/** Returns the settings that a function receives, without those that are not set. */
export function functionSettings(collector: CollectorName, settings: Settings): Partial<Settings> {
  const set = keysOf(collector).filter((key) => settings[key] !== undefined);
  return Object.fromEntries(set.map((key) => [key, settings[key]]));
}

/** Returns the part of the schema that a function's settings must satisfy. */
export function functionSchema(collector: CollectorName) {
  const { needs }: CollectorDefinition = COLLECTORS[collector];
  const needed = needs && { [needs]: RUNTIME_SETTINGS[needs].wrapped };
  const read = Object.fromEntries(keysOf(collector).map((key) => [key, asWritten(RUNTIME_SETTINGS[key])]));
  return objectOf(
    { ...read, sinks: RUNTIME_SETTINGS.sinks.wrapped, ...needed } as v.ObjectEntries,
    'the stack writes',
  );
}

/** Returns the part of the schema that the settings of a user's collector must satisfy. */
export function ownSchema() {
  const { sinks, deployment, members } = RUNTIME_SETTINGS;
  return objectOf({ sinks: sinks.wrapped, deployment, members }, SETTINGS_EXAMPLE);
}

/** Removes the default of a setting: the stack has written the value, so a missing one is an error. */
function asWritten(
  entry: v.GenericSchema & { readonly wrapped?: v.GenericSchema; readonly default?: unknown },
) {
  return entry.default === undefined ? entry : entry.wrapped;
}

function keysOf(collector: CollectorName): readonly RuntimeSetting[] {
  const { settings, oneRunForAll, costExplorerQueries, queriesPer }: CollectorDefinition =
    COLLECTORS[collector];
  const asksCostExplorer = costExplorerQueries > 0 || Object.keys(queriesPer).length > 0;
  return [
    ...EVERY_FUNCTION,
    ...(oneRunForAll ? [] : IN_EVERY_ACCOUNT),
    ...(settings as readonly RuntimeSetting[]),
    ...(asksCostExplorer ? WITH_COST_EXPLORER : []),
  ];
}
