/** Thrown for what a person did wrong. Commands print its message without a stack trace. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
