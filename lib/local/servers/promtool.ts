import { run } from './command';

/** Returns the findings of `promtool check metrics`, one per line, errors and style alike; '' when there are none. */
export async function checkMetrics(program: string, text: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, ['check', 'metrics'], { input: text });
  const findings = code === 0 ? '' : `${stdout}${stderr}`.trim();
  if (code !== 0 && findings === '') {
    throw new Error(`promtool check metrics ended with ${code} and no output`);
  }
  return findings;
}
