import { checkInput } from '../lambdas/catalog/check-input';
import { SETTINGS, type Settings } from '../lambdas/catalog/settings';
import { capProblems } from './price';
import { UserError } from './user-error';

/**
 * Returns settings with their defaults. `where` names the place that people wrote them in.
 * @throws SettingsError that names every problem: what was expected, and what came.
 */
export function readSettings(input: unknown, where = 'cdk.json, context "tollgate"'): Settings {
  const { value, problems } = checkInput(SETTINGS, input);
  if (problems) throw new SettingsError(where, typeof input === 'string' ? [FROM_COMMAND_LINE] : problems);
  const beyondCap = capProblems(value);
  if (beyondCap.length > 0) throw new SettingsError(where, beyondCap);
  return value;
}

/** The CDK passes `-c tollgate=…` on as a string. */
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
