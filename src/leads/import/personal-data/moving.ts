import type { Moving } from '../../../platform/personal-data/index.js';

/** How the tables of imports travel with a workspace. */
export const importsMoving: Moving = {
  lead_import_rejections: { stays: 'lines of files that are not carried' },
  lead_imports: { stays: 'files that were read here; the leads in them travel as leads' },
};
