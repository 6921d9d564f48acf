import type english from '../en/elsewhere.js';
import billing from './billing.js';
import channels from './channels.js';
import entrance from './entrance.js';
import evaluation from './evaluation.js';
import instance from './instance.js';
import integrations from './integrations.js';
import knowledge from './knowledge.js';
import palette from './palette.js';
import person from './person.js';
import privacy from './privacy.js';
import questions from './questions.js';
import refusals from './refusals.js';
import reports from './reports.js';
import runReasons from './run-reasons.js';
import settings from './settings.js';
import suggestion from './suggestion.js';
import webChat from './web-chat.js';
import workspace from './workspace.js';

/** Turkish of everything else, the settings and the way in: it comes with their pages. */
const elsewhere: typeof english = {
  ...billing,
  ...channels,
  ...entrance,
  ...evaluation,
  ...instance,
  ...integrations,
  ...knowledge,
  ...palette,
  ...person,
  ...privacy,
  ...questions,
  ...refusals,
  ...reports,
  ...runReasons,
  ...settings,
  ...suggestion,
  ...webChat,
  ...workspace,
};

export default elsewhere;
