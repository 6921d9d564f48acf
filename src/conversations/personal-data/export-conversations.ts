import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/personal-data/index.js';
import { contactKinds } from './contact-kinds.js';
import { threadKinds } from './thread-kinds.js';

/** What contacts and conversations tell a person about themselves. */
@Injectable()
export class ExportConversations implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    for (const kind of [...contactKinds, ...threadKinds]) this.personalData.exports(kind);
  }
}
