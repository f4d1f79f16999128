import { notBundled } from '../bundled';
import type { MetricProfile } from '../catalog/runtime-settings';
import type { Settings } from '../catalog/settings';
import { type Profile, tollgateProfile } from './profile';
import { xc3Profile } from './xc3';

/** Returns the profile of the settings. */
export function profileFor({
  metricProfile,
  accountNames = {},
}: Pick<Settings, 'metricProfile' | 'accountNames'>): Profile {
  return PROFILES[metricProfile](accountNames);
}

const PROFILES: Readonly<Record<MetricProfile, (accountNames: Readonly<Record<string, string>>) => Profile>> =
  {
    tollgate: () => tollgateProfile,
    xc3: (accountNames) =>
      globalThis.WITHOUT_XC3 ? notBundled('the profile xc3') : xc3Profile({ accountNames }),
  };
