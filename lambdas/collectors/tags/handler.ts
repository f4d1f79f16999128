import { lambdaHandler } from '../../lambda-handler';
import { tags } from './collector';
import { tagsSource } from './source';

export const handler = lambdaHandler('tags', (aws, settings) => tags(tagsSource(aws, settings), settings));
