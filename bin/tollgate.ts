import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readSettings } from '../lib/config';
import { monthlyPrices, priceTable } from '../lib/price';
import { CollectorsStack } from '../lib/stacks/collectors-stack';
import { UserError } from '../lib/user-error';

try {
  synthesise();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function synthesise(): void {
  const app = new App();
  const settings = readSettings(app.node.tryGetContext('tollgate'));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new CollectorsStack(app, 'Tollgate', { settings });
  app.synth();
  process.stderr.write(`\n${priceTable(monthlyPrices(settings))}\n`);
}
