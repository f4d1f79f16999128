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
  const input = app.node.tryGetContext('tollgate');
  const settings = readSettings(input);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new CollectorsStack(app, 'Tollgate', { settings: input });
  app.synth();
  process.stderr.write(`\n${priceTable(monthlyPrices(settings))}\n`);
}
