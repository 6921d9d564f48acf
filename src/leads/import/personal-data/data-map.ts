import type { DataMap } from '../../../platform/personal-data/index.js';

/** What the tables of imports hold of people. */
export const importsDataMap: DataMap = {
  lead_import_rejections: {
    why: 'which lines of imported files became no lead',
    kept: 'as long as the import',
    erased: 'with the import; holds line numbers and words of ours',
    personal: {},
    others: 'workspace_id import_id line reason place',
  },
  lead_imports: {
    why: 'how far files with leads are read, and what came of them',
    kept: 'the last 50; their files 7 days',
    erased: 'the file and the names of its columns when anybody is erased; the rest with the workspace',
    personal: { contact: ['columns', 'targets'], member: ['member_id'] },
    others:
      'workspace_id id file_id forgets_file status stopped dry_run encoding separator total next_row created updated rejected created_at finished_at',
  },
};
