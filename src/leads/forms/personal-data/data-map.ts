import type { DataMap } from '../../../platform/personal-data/index.js';

/** What the tables of contact forms hold of people. */
export const formsDataMap: DataMap = {
  contact_forms: {
    why: 'the contact forms of a business',
    kept: 'until removed',
    erased: 'with the workspace',
    personal: { operator: ['name', 'allowed_domains'] },
    others: 'workspace_id id public_key answer_only created_at',
  },
};
