import { lambdaHandler } from '../../lambda-handler';
import { services } from './collector';
import { servicesSource } from './source';

export const handler = lambdaHandler('services', (aws, settings) =>
  services(servicesSource(aws, settings), settings),
);
