import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Channels,
  InboundTopics,
  type RejectedItem,
  type RoutedItem,
  type TopicHandler,
  type TopicOutcome,
  eachWorkspace,
} from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { CaptureLead } from '../capture/capture-lead.js';
import { LeadSource } from '../enums.js';
import { ChosenForms } from './chosen-forms.js';
import { fetchLead } from './fetch-lead.worker.js';

interface Told {
  readonly channelId: string;
  readonly externalId: string;
  readonly formId: string | null;
}

/**
 * Hears that forms of adverts were filled in. The call holds no answers: they are fetched by a job each, and only of forms
 * that the workspace takes leads from.
 */
@Injectable()
export class ReceiveLeadAds implements TopicHandler, OnModuleInit {
  constructor(
    private readonly topics: InboundTopics,
    private readonly channels: Channels,
    private readonly workspaces: Workspaces,
    private readonly chosen: ChosenForms,
    private readonly capture: CaptureLead,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.topics.on('leadgen', this);
  }

  apply(batches: ReadonlyMap<string, readonly RoutedItem[]>): Promise<TopicOutcome> {
    return eachWorkspace(batches, async (workspaceId, items) => {
      const rejected: RejectedItem[] = [];
      const told = items.flatMap((item) => {
        try {
          return this.read(item);
        } catch (error) {
          rejected.push({ item, reason: error instanceof Error ? error.message : 'it cannot be understood' });
          return [];
        }
      });
      if (told.length > 0) await this.workspaces.run(workspaceId, (tx) => this.note(tx, told));
      return rejected;
    });
  }

  private read({ channelId, kind, payload }: RoutedItem): Told[] {
    const { leadAds } = this.channels.definitionOf(kind).adapter;
    return (leadAds?.told(payload) ?? []).map((one) => ({ channelId, ...one }));
  }

  private async note(tx: WorkspaceTransaction, told: readonly Told[]): Promise<void> {
    const channels = await this.channels.byIds(tx, [...new Set(told.map(({ channelId }) => channelId))]);
    for (const one of told) {
      if (channels.get(one.channelId)?.leadAds !== true) continue;
      // One that names no form is fetched, and left alone if its form is then not among the chosen ones.
      if (one.formId !== null && !(await this.chosen.takes(tx, one.channelId, one.formId))) continue;
      const { externalId } = one;
      if ((await this.capture.known(tx, { source: LeadSource.LEAD_AD, externalId })) !== null) continue;
      if (await this.capture.wasErased(tx, LeadSource.LEAD_AD, externalId)) continue;
      const noted = await tx.first<{ id: string }>(sql`
        insert into lead_arrivals (workspace_id, id, channel_id, external_id, form_id)
        values (${tx.workspaceId}, ${newId()}, ${one.channelId}, ${externalId}, ${one.formId})
        on conflict (workspace_id, channel_id, external_id) do nothing returning id`);
      if (noted !== null) this.outbox.schedule(tx, fetchLead, noted.id);
    }
  }
}
