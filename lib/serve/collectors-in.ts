import type { OwnCollectorDefinition } from '../../lambdas/own/own-collector';
import { UserError } from '../user-error';

/**
 * Returns the collectors that a module exports: by name, as the default, or in an array.
 * @param file The file of the module, for errors.
 * @throws UserError if there is none.
 */
export function collectorsIn(file: string, exported: object): readonly OwnCollectorDefinition[] {
  // The default of a CommonJS module is an object with all its exports.
  const values = Object.values(exported).flatMap((value) => [value, ...Object.values(Object(value))]);
  const found = new Set(values.flat().filter(isCollector));
  if (found.size > 0) return [...found];
  const names = Object.keys(exported).join(', ') || 'no export';
  throw new UserError(`${file}: expected an export that ownCollector returned, got ${names}`);
}

function isCollector(value: unknown): value is OwnCollectorDefinition {
  const { name, collect } = Object(value) as { readonly name?: unknown; readonly collect?: unknown };
  return typeof name === 'string' && typeof collect === 'function';
}
