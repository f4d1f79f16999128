import { UserError } from '../user-error';

/** Thrown when flags of the command line cannot be used as given; each problem begins with its flag. */
export class FlagError extends UserError {
  override readonly name = 'FlagError';
  constructor(...problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
