import { AwsFailure } from '../failure';
import type { Operation } from '../operation';
import type { SimulatedWorkspace } from './workspace';

/**
 * Writes samples to a workspace.
 * @param home The account that has the workspaces.
 */
export function remoteWrite(workspaces: readonly SimulatedWorkspace[], home: string): Operation {
  return {
    pageNumber: () => 1,
    resourceOf: ({ WorkspaceId: id }, { region, identity: { accountId } }) =>
      `arn:aws:aps:${region}:${accountId}:workspace/${id}`,
    answer({ WorkspaceId: id, Body: body }, { account: { accountId } }) {
      const workspace = workspaces.find((one) => one.id === id);
      if (!workspace || accountId !== home || !Buffer.isBuffer(body))
        throw new AwsFailure('ResourceNotFoundException', 'Workspace not found', 404);
      workspace.accept(body);
      return {};
    },
  };
}
