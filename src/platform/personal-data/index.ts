export type { DataModule, ErasedBatch, Eraser, Exported, ExportedPage } from './personal-data.js';
export { PersonalData, moduleOrder } from './personal-data.js';
export { PersonalDataModule } from './personal-data.module.js';
export type { Subject, SubjectScope } from './subject.js';
