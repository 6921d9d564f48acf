import { Module } from '@nestjs/common';
import { ConversationsModule } from '../../conversations/index.js';
import { CancelImport } from './cancel-import.js';
import { ImportFiles } from './import-files.js';
import { ImportLeadsWorker } from './import-leads.worker.js';
import { ImportSteps } from './import-steps.js';
import { ImportResultResolver, LeadImportResolver } from './lead-import.resolver.js';
import { EraseImports } from './personal-data/erase-imports.js';
import { PlanRows } from './plan-rows.js';
import { PreviewImport } from './preview-import.js';
import { RejectedLinesController } from './rejected-lines.controller.js';
import { RejectionsLoader } from './rejections.loader.js';
import { StartImport } from './start-import.js';

const work = [CancelImport, ImportFiles, ImportLeadsWorker, ImportSteps, PlanRows, PreviewImport, StartImport];

/** Leads out of files: shown before, tried before, read in the background, and forgotten with whoever is in them. */
@Module({
  imports: [ConversationsModule],
  controllers: [RejectedLinesController],
  providers: [...work, EraseImports, ImportResultResolver, LeadImportResolver, RejectionsLoader],
})
export class ImportModule {}
