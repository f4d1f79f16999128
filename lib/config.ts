import { checkInput } from '../lambdas/catalog/check-input';
import { SETTINGS_EXAMPLE } from '../lambdas/catalog/runtime-settings';
import { SETTINGS, type Settings, type SettingsInput } from '../lambdas/catalog/settings';
import { sinkId } from '../lambdas/catalog/sink-settings';
import { XC3_METRICS } from '../lambdas/catalog/xc3-metrics';
import { capProblems } from './price';
import { UserError } from './user-error';

/**
 * Returns settings with their defaults.
 * @param where The place where the settings are written, for errors.
 * @throws SettingsError that names every problem, with the expectation and the actual value.
 */
export function readSettings(input: unknown, where = 'cdk.json, context "tollgate"'): Settings {
  const { value, problems } = checkInput(SETTINGS, parsed(input, where));
  if (problems) throw new SettingsError(where, problems);
  const unusable = [...capProblems(value), ...labelProblems(value)];
  if (unusable.length > 0) throw new SettingsError(where, unusable);
  return value;
}

/** Returns a problem for each grouping label of a sink that metrics of the profile `xc3` have themselves. */
function labelProblems({ metricProfile, sinks }: Settings): string[] {
  if (metricProfile !== 'xc3') return [];
  return sinks.flatMap((sink, index) =>
    Object.keys(('groupingLabels' in sink && sink.groupingLabels) || {})
      .filter((label) => XC3_LABELS.has(label))
      .map(
        (label) =>
          `sinks.${index}.groupingLabels.${label}: expected a label that no metric of the profile xc3 has, such as instance, got "${label}"`,
      ),
  );
}

const XC3_LABELS: ReadonlySet<string> = new Set(Object.values(XC3_METRICS).flatMap(({ labels }) => labels));

/** Returns the ids of the sinks in the settings. */
export function configuredSinks(input: unknown): readonly string[] {
  return readSettings(input).sinks.map(sinkId);
}

/** Returns what to write instead of each deprecated setting in the input. */
export function deprecations(input: unknown): Readonly<Record<string, string>> {
  const { pushgateway } = Object(parsed(input, '')) as Partial<SettingsInput>;
  if (!pushgateway) return {};
  const { sinks } = readSettings({ pushgateway });
  return {
    pushgateway: `the setting pushgateway is deprecated: write "sinks": ${JSON.stringify(sinks)} instead`,
  };
}

/** Parses the JSON of `-c tollgate=…`, which the CDK passes as a string. The error does not quote it. */
function parsed(json: unknown, where: string): unknown {
  if (typeof json !== 'string') return json;
  try {
    return JSON.parse(json);
  } catch {
    throw new SettingsError(where, [
      `expected a JSON object such as ${SETTINGS_EXAMPLE}, got ${json.length} characters of other text: write the object into cdk.json, or quote the JSON after -c tollgate=`,
    ]);
  }
}

/** Thrown for settings that cannot be used. */
export class SettingsError extends UserError {
  override readonly name = 'SettingsError';
  constructor(
    where: string,
    readonly problems: readonly string[],
  ) {
    super([`${where}:`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}
