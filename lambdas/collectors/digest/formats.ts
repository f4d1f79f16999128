import type { WebhookFormat } from '../../catalog/settings';
import { plainMessage } from './plain-message';
import type { Report } from './report';
import { slackMessage } from './slack-message';
import { teamsMessage } from './teams-message';

/** How each kind of webhook wants the report. */
export const FORMATS: Readonly<Record<WebhookFormat, (report: Report) => object>> = {
  slack: slackMessage,
  teams: teamsMessage,
  webhook: plainMessage,
};
