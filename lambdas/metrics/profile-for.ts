import { notBundled } from '../bundled';
import type { MetricProfile } from '../catalog/environment';
import { type Profile, tollgateProfile } from './profile';
import { xc3Profile } from './xc3';

/** The profile that the settings ask for. */
export function profileFor(environment: {
  readonly TOLLGATE_METRIC_PROFILE: MetricProfile;
  readonly TOLLGATE_ACCOUNT_NAMES: Readonly<Record<string, string>> | undefined;
}): Profile {
  return PROFILES[environment.TOLLGATE_METRIC_PROFILE](environment.TOLLGATE_ACCOUNT_NAMES ?? {});
}

const PROFILES: Readonly<Record<MetricProfile, (accountNames: Readonly<Record<string, string>>) => Profile>> =
  {
    tollgate: () => tollgateProfile,
    xc3: (accountNames) =>
      globalThis.WITHOUT_XC3 ? notBundled('the profile xc3') : xc3Profile({ accountNames }),
  };
