import type { AwsAccess } from '../../lambdas/aws/access';
import { COLLECTORS } from '../../lambdas/catalog/collectors';
import { functionSettings } from '../../lambdas/catalog/function-settings';
import { OWN_DEFAULTS } from '../../lambdas/catalog/own-defaults';
import type { Settings } from '../../lambdas/catalog/settings';
import type { Collector } from '../../lambdas/collector';
import { collectorFor } from '../../lambdas/own/collector-for';
import type { OwnCollectorDefinition } from '../../lambdas/own/own-collector';
import { deployedCollectors } from '../price';
import { HANDLERS } from './handlers';

/** A collector that the exporter runs. */
export interface ServedCollector {
  readonly name: string;
  /** Hours of the day of its schedule. */
  readonly hours: readonly number[];
  readonly timeoutSeconds: number;
  /** The settings that its function would receive. */
  readonly settings: FunctionSettings;
  readonly collectorOf: (aws: AwsAccess, settings: FunctionSettings) => Collector;
}

/** Settings that every function receives, and those that some do. */
type FunctionSettings = Partial<Settings> & Pick<Settings, 'sinks' | 'metricProfile'>;

/** Returns the collectors that the stack would deploy with these settings. */
export function servedCollectors(settings: Settings): ServedCollector[] {
  return deployedCollectors(settings).map((name) => ({
    name,
    hours: settings.hours[name],
    timeoutSeconds: COLLECTORS[name].timeoutSeconds,
    settings: functionSettings(name, settings) as FunctionSettings,
    collectorOf: (aws, own) => HANDLERS[name].handler.collectorOf(aws, own as never),
  }));
}

/** Returns a collector of a user as a collector that runs on its schedule. */
export function ownServedCollector(
  definition: OwnCollectorDefinition,
  { sinks, deployment, members }: Settings,
): ServedCollector {
  const { name, hours = OWN_DEFAULTS.hours } = definition;
  return {
    name,
    hours,
    timeoutSeconds: OWN_DEFAULTS.timeoutSeconds,
    settings: { sinks, deployment, members, metricProfile: 'tollgate' },
    collectorOf: (aws) => collectorFor(definition, aws),
  };
}
