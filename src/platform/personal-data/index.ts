export type { DataMap, DataSubject, TableDeclaration } from './declarations.js';
export { platformDataMap } from './platform.data-map.js';
export type { DataModule, ErasedBatch, Eraser, Exported, ExportedPage } from './personal-data.js';
export { PersonalData } from './personal-data.js';
export { exportedRows, goingOn } from './exported-rows.js';
export { PersonalDataModule } from './personal-data.module.js';
export { LegalHolds } from './legal-holds.js';
export { mentions } from './mentions.js';
export type { Subject, SubjectScope, Traces } from './subject.js';
