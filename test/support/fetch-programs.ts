import { MissingProgramError } from '../../lib/local/servers/programs';
import { realPrograms } from './real-servers';

/** Fetches the programs once, before any test and its time limit. If some are missing, the tests that need them fail. */
export default async function fetchPrograms(): Promise<void> {
  for (const names of [['prometheus-pushgateway', 'prometheus', 'promtool'], ['nginx']] as const)
    await realPrograms(...names).catch((error: unknown) => {
      if (!(error instanceof MissingProgramError)) throw error;
    });
}
