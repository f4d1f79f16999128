import { MissingProgramError } from '../../lib/local/servers/programs';
import { realPrograms } from './real-servers';

/** Once a run, before any test and its time limit. Where they cannot be had, the tests that need them fail and say so. */
export default async function fetchPrograms(): Promise<void> {
  try {
    await realPrograms('prometheus-pushgateway', 'prometheus', 'promtool');
  } catch (error) {
    if (!(error instanceof MissingProgramError)) throw error;
  }
}
