import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { LEDGER_KEY } from '../../lambdas/catalog/ledger';

/** The table in which functions remember their runs. DynamoDB encrypts it with a key of AWS, which is free. */
export class LedgerTable extends CfnTable {
  constructor(scope: Construct, id: string) {
    const { partition, sort } = LEDGER_KEY;
    super(scope, id, {
      billingMode: 'PAY_PER_REQUEST',
      keySchema: [
        { attributeName: partition, keyType: 'HASH' },
        { attributeName: sort, keyType: 'RANGE' },
      ],
      attributeDefinitions: [partition, sort].map((attributeName) => ({ attributeName, attributeType: 'S' })),
    });
    this.applyRemovalPolicy(RemovalPolicy.DESTROY);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'The table holds no values, and the next run of each collector writes its items again.',
    });
  }
}
