/// <reference path="./metrics/prom-client.ts" preserve="true" />
import Counter from 'prom-client/lib/counter';
import Gauge from 'prom-client/lib/gauge';
import Histogram from 'prom-client/lib/histogram';
import Registry from 'prom-client/lib/registry';
import Summary from 'prom-client/lib/summary';

export type { LambdaHandler } from './lambda-handler';
export { countingExceptions } from './own/counting-exceptions';
export { ownCollector } from './own/define';
export { exposition } from './own/exposition';
export type {
  OwnCollector,
  OwnCollectorDefinition,
  OwnGroup,
  OwnRun,
  ScrapeLimit,
} from './own/own-collector';
export { timed } from './own/timed';
export type { HttpAnswer, HttpExchange, HttpRequest } from './sinks/http-exchange';
export type { PushHandler } from './sinks/push-handler';
export { Counter, Gauge, Histogram, Registry, Summary };
