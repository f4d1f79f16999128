/** The part of Tollgate that other CDK apps import: the stack of all collectors, and the construct of one. */
export { SettingsError } from './config';
export type { CollectorSettings } from './constructs/collector-settings';
export { LedgerTable } from './constructs/ledger-table';
export { ScheduledCollector, type ScheduledCollectorProps } from './constructs/scheduled-collector';
export { CollectorsStack, type CollectorsStackProps } from './stacks/collectors-stack';
