import { lambdaHandler } from '../../lambda-handler';
import { projects } from './collector';
import { projectsSource } from './source';

export const handler = lambdaHandler('projects', (aws, settings) =>
  projects(projectsSource(aws, settings), settings),
);
