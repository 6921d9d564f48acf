import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import { ProofModule } from '../proof/proof.module.js';
import { SigningKeys } from '../proof/signing-keys.js';
import { Journal } from './journal.js';
import { openJournal } from './open-journal.js';

/** The journal of what a restore must not undo. */
@Module({
  imports: [ProofModule],
  providers: [
    { provide: Journal, inject: [Config, OutgoingClient, SystemDatabase, SigningKeys], useFactory: openJournal },
  ],
  exports: [Journal],
})
export class JournalModule implements OnApplicationShutdown {
  constructor(@Inject(Journal) private readonly journal: Journal) {}

  async onApplicationShutdown(): Promise<void> {
    await this.journal.close();
  }
}
