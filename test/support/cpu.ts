/** Milliseconds of processor time that an act takes in this process, whatever else the machine does meanwhile. */
export async function cpuMs(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** More than what is linear needs, and much less than the hundred that ten times the work costs when it is squared. */
export const TIMES_FOR_TENFOLD = 40;
