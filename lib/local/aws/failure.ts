/** An error answer of AWS, with the code of its JSON services. The Query protocols translate some codes. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
  constructor(
    readonly code: string,
    message: string,
    /** The HTTP status. @default the protocol's status for the code */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** Returns the failure of a request that is invalid or uses a feature that the simulation lacks. */
export function invalid(message: string): AwsFailure {
  return new AwsFailure('ValidationException', message);
}

/** The code for a defect of the simulation itself. */
export const INTERNAL_FAILURE = 'InternalFailure';
