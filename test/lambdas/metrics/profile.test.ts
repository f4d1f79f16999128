import { groupId, possibleGroups } from '../../../lambdas/metrics/group';
import { tollgateProfile } from '../../../lambdas/metrics/profile';
import { FOUND, HOME, RUN } from './xc3/findings';

test('the default profile does not change the groups', () => {
  expect(tollgateProfile.groups(FOUND.roles, RUN)).toBe(FOUND.roles);
});

test.each([false, true])(
  'groups of the default profile have their account as a key (member: %p)',
  (isMember) => {
    const possible = tollgateProfile.possible('user-costs', { accountId: HOME, isMember });
    expect(possible).toEqual(possibleGroups('user-costs', HOME));
    expect(new Set(possible.map(groupId)).size).toBe(possible.length);
  },
);
