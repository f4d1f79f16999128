/** What AWS answers instead of a result, in the words of its JSON services; the Query protocol spells some otherwise. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
  constructor(
    readonly code: string,
    message: string,
    /** Of HTTP. @default what the protocol answers with this code */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** The request is wrong, or asks for something that the simulation does not know. */
export function invalid(message: string): AwsFailure {
  return new AwsFailure('ValidationException', message);
}

/** The fault is the simulation's own. */
export const INTERNAL_FAILURE = 'InternalFailure';
