/** A mistake of the person who runs a command: shown as its message alone, without a stack trace. */
export class Mistake extends Error {
  override readonly name: string = 'Mistake';
}
