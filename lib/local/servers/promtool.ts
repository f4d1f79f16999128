import { run } from './command';

/** What `promtool check metrics` finds in an exposition text, a line each: mistakes and matters of style. '' when clean. */
export async function checkMetrics(program: string, text: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, ['check', 'metrics'], { input: text });
  const findings = code === 0 ? '' : `${stdout}${stderr}`.trim();
  if (code !== 0 && findings === '') {
    throw new Error(`promtool check metrics ended with ${code} and said nothing`);
  }
  return findings;
}
