import { Command, Option } from 'commander';
import type { SinksOptions } from '../lib/ledger/sinks';

/** Returns the command that lists and drops the sinks of a deployed ledger. */
export function sinksCommand(run: (options: SinksOptions) => Promise<void>): Command {
  return new Command('sinks')
    .description('Lists the sinks that the deployed ledger knows, with their groups, or drops one of them.')
    .addOption(
      new Option('--table <name>', 'name of the ledger’s table, the resource Ledger of the stack')
        .env('TOLLGATE_LEDGER')
        .makeOptionMandatory(),
    )
    .option('--drop <id>', 'remove what the ledger has of a sink that is no longer in cdk.json')
    .option('--yes', 'drop without a confirmation')
    .addHelpText('after', AFTER_HELP)
    .action(run);
}

const AFTER_HELP = `
The Region and the credentials are those of the AWS CLI's environment. They need dynamodb:Scan on the table, and for
--drop also dynamodb:BatchWriteItem, GetItem, PutItem and Query. To find the table:

  aws cloudformation describe-stack-resource --stack-name Tollgate --logical-resource-id Ledger \\
    --query StackResourceDetail.PhysicalResourceId --output text

Exit status:
  0    the sinks are listed, or the sink is dropped
  1    the table cannot be read, or the sink was not dropped
  2    a flag is invalid
  130  interrupted`;
