import { lambdaHandler } from '../../lambda-handler';
import { digest } from './collector';
import { digestSource } from './source';

export const handler = lambdaHandler('digest', (aws, settings) =>
  digest(digestSource(aws, settings), settings),
);
