import type * as v from 'valibot';
import { checkInput } from './catalog/check-input';
import type { CollectorName } from './catalog/collectors';
import {
  type AnyFunctionSettings,
  type FunctionSettings,
  functionSchema,
  ownSchema,
  SETTINGS_VARIABLE,
} from './catalog/function-settings';
import { hasLedger, LEDGER_VARIABLE } from './catalog/ledger';

/**
 * Reads the settings of a collector's function from its environment.
 * @throws Error that names everything missing or wrong.
 */
export function readFunctionSettings<C extends CollectorName>(
  collector: C,
  variables: Readonly<Record<string, string | undefined>>,
): FunctionSettings<C> {
  return read(functionSchema(collector), variables) as FunctionSettings<C>;
}

/**
 * Reads the settings of the function of a user's collector from its environment.
 * @throws Error that names everything missing or wrong.
 */
export function readOwnSettings(
  variables: Readonly<Record<string, string | undefined>>,
): AnyFunctionSettings {
  return { ...read(ownSchema(), variables), metricProfile: 'tollgate' };
}

function read<S extends v.GenericSchema>(
  schema: S,
  variables: Readonly<Record<string, string | undefined>>,
): v.InferOutput<S> {
  const checked = checkInput(schema, parsed(variables[SETTINGS_VARIABLE]));
  if (checked.problems) throw new Error(`${SETTINGS_VARIABLE}: ${checked.problems.join('; ')}`);
  return checked.value;
}

/**
 * Reads the name of the ledger's table; undefined for a collector without a ledger.
 * @throws Error if the stack has not set it.
 */
export function readLedgerTable(
  collector: string,
  variables: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (!hasLedger(collector)) return undefined;
  const table = variables[LEDGER_VARIABLE];
  if (table) return table;
  throw new Error(
    `${LEDGER_VARIABLE}: expected the name of the ledger's table, which the stack sets, got nothing`,
  );
}

/** Parses the JSON. Errors never quote it, because it may hold an external id. */
function parsed(json: string | undefined): unknown {
  if (!json)
    throw new Error(
      `${SETTINGS_VARIABLE}: expected a JSON object of settings, which the stack sets, got nothing`,
    );
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(
      `${SETTINGS_VARIABLE}: expected a JSON object of settings, got ${json.length} characters of other text`,
    );
  }
}
