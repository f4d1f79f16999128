import { Option } from 'commander';
import { FlagError } from '../lib/local/flag-error';
import type { FlagReader } from '../lib/local/flag-values';
import { UserError } from '../lib/user-error';

/** Returns an option whose errors begin with its name. */
export function flag<T>(flags: string, description: string, read?: FlagReader<T>): Option {
  const option = new Option(flags, description);
  return read ? option.argParser((text) => named(option.long, () => read(text))) : option;
}

/** Returns a reader that collects the values of a repeated flag. */
export function repeated<T>(name: string, read: FlagReader<T>) {
  return (text: string, earlier: readonly T[]): T[] => [...earlier, named(name, () => read(text))];
}

function named<T>(name: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UserError ? new FlagError(`${name}: ${error.message}`) : error;
  }
}
