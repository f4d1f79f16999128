/** Returns the milliseconds of processor time that `act` takes in this process, independent of other work on the machine. */
export async function cpuMs(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Limit for the cost of ten times the work: linear work takes about ten times as long, quadratic work a hundred times. */
export const TIMES_FOR_TENFOLD = 40;
