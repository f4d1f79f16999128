import type { MetricProfile } from '../catalog/environment';
import { type Profile, tollgateProfile } from './profile';
import { xc3Profile } from './xc3';

/** Returns the profile of the settings. */
export function profileFor(environment: {
  readonly TOLLGATE_METRIC_PROFILE: MetricProfile;
  readonly TOLLGATE_ACCOUNT_NAMES: Readonly<Record<string, string>> | undefined;
}): Profile {
  return PROFILES[environment.TOLLGATE_METRIC_PROFILE](environment.TOLLGATE_ACCOUNT_NAMES ?? {});
}

const PROFILES: Readonly<Record<MetricProfile, (accountNames: Readonly<Record<string, string>>) => Profile>> =
  {
    tollgate: () => tollgateProfile,
    xc3: (accountNames) => xc3Profile({ accountNames }),
  };
