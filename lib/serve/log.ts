/** Writes one record of the log. */
export type Log = (record: Readonly<Record<string, unknown>>) => void;

/** Writes each record with its time as a line of JSON to the standard output. */
export const logToStdout: Log = (record) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...record })}\n`);
};
