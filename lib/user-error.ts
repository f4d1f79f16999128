/** Thrown for user errors. Commands print its message without a stack trace. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
