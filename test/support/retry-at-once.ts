import { stopAfterEach } from './stop';

/** Ends the AWS SDK's pauses before retries at once, until the end of the test: the SDK multiplies each pause by a random number. */
export function retryAtOnce(): void {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0);
  void stopAfterEach({ stop: () => random.mockRestore() });
}
