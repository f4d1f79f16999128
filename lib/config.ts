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
  const { value, problems } = checkInput(SETTINGS, input);
  if (problems) throw new SettingsError(where, typeof input === 'string' ? [FROM_COMMAND_LINE] : problems);
  const beyondCap = capProblems(value);
  if (beyondCap.length > 0) throw new SettingsError(where, beyondCap);
  return value;
}

/** The problem of `-c tollgate=…`, which the CDK passes as a string. */
const FROM_COMMAND_LINE =
  'expected an object such as {"pushgateway":{"url":"https://gateway.example.com"}}, got a string: write the settings into cdk.json, because -c passes strings only';

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
