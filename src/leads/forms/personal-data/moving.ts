import type { Moving } from '../../../platform/personal-data/index.js';

/** How the tables of contact forms travel with a workspace. */
export const formsMoving: Moving = {
  contact_forms: { stays: 'pages send them to this deployment; they are made anew' },
};
