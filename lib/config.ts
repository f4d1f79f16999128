import { checkInput } from '../lambdas/catalog/check-input';
import { SETTINGS, type Settings } from '../lambdas/catalog/settings';
import { capProblems } from './price';
import { UserError } from './user-error';

/**
 * Returns settings with their defaults.
 * @param where The place where the settings are written, for errors.
 * @throws SettingsError that names every problem, with the expectation and the actual value.
 */
export function readSettings(input: unknown, where = 'cdk.json, context "tollgate"'): Settings {
  const { value, problems } = checkInput(SETTINGS, typeof input === 'string' ? parsed(input, where) : input);
  if (problems) throw new SettingsError(where, problems);
  const beyondCap = capProblems(value);
  if (beyondCap.length > 0) throw new SettingsError(where, beyondCap);
  return value;
}

/** Parses the JSON of `-c tollgate=…`, which the CDK passes as a string. The error does not quote it. */
function parsed(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new SettingsError(where, [
      `expected a JSON object such as {"pushgateway":{"url":"https://gateway.example.com"}}, got ${json.length} characters of other text: write the object into cdk.json, or quote the JSON after -c tollgate=`,
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
