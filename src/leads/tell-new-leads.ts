import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationKind, Notifications } from '../accounts/index.js';
import { Facts } from '../platform/outbox/index.js';
import { LeadSource } from './enums.js';
import { LeadCaptured } from './leads.events.js';

/** What members wrote down themselves, or took out of a file, is no news to them. */
const known: readonly LeadSource[] = [LeadSource.MANUAL, LeadSource.IMPORT];

/** Somebody is interested: members who want to know are told. */
@Injectable()
export class TellNewLeads implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly notifications: Notifications,
  ) {}

  onModuleInit(): void {
    this.facts.onCall(LeadCaptured, (workspaceId, { lead }) =>
      lead.test || known.includes(lead.source)
        ? null
        : this.notifications.callFor(workspaceId, { kind: NotificationKind.NEW_LEAD }),
    );
  }
}
