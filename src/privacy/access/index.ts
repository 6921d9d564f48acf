import { EraseExports } from './erase-exports.js';
import { ExportLinks } from './export-links.js';
import { ExportSubject } from './export-subject.js';
import { ExportSubjectWorker } from './export-subject.worker.js';
import { ReadExport } from './read-export.js';
import { StartExport } from './start-export.js';
import { SubjectExports } from './subject-exports.js';

export { SubjectExported } from './access.events.js';
export { ExportsController } from './exports.controller.js';
export { ReadExport } from './read-export.js';
export { StartExport } from './start-export.js';

/** What a person is given of what is kept about them. */
export const accessProviders = [
  SubjectExports,
  ExportLinks,
  StartExport,
  ReadExport,
  ExportSubject,
  ExportSubjectWorker,
  EraseExports,
];
