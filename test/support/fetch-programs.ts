import { MissingProgramError } from '../../lib/local/servers/programs';
import { realPrograms } from './real-servers';

/** Fetches the programs once, before any test and its time limit. If they are missing, the tests that need them fail. */
export default async function fetchPrograms(): Promise<void> {
  try {
    await realPrograms('prometheus-pushgateway', 'prometheus', 'promtool');
  } catch (error) {
    if (!(error instanceof MissingProgramError)) throw error;
  }
}
