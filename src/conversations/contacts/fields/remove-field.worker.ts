import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../../platform/database/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import { type Job, Queues, type Worker } from '../../../platform/queue/index.js';

/** The kind of the work that takes a removed field from all contacts. */
export const removeFieldKind = 'remove-contact-field';
const batch = 1_000;

/** Takes the values of a removed field from all contacts and from what merges remember, then the field itself. */
@Injectable()
export class RemoveFieldWorker implements Worker, OnModuleInit {
  readonly kind = removeFieldKind;
  readonly concurrency = 1;
  readonly maxSeconds = 300;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId: id, signal }: Job): Promise<undefined> {
    const field = await this.workspaces.read(workspaceId, (tx) =>
      tx.first<{ key: string }>(sql`
        select key from contact_fields where workspace_id = ${workspaceId} and id = ${id} and removed_at is not null`),
    );
    if (field === null) return undefined;
    while ((await this.take(workspaceId, field.key)) === batch) signal.throwIfAborted();
    await this.workspaces.run(workspaceId, async (tx) => {
      await tx.execute(sql`
        update contact_merges set kept_before = kept_before #- array['customFields', ${field.key}::text],
                                  moved = moved #- array['after', 'customFields', ${field.key}::text]
         where workspace_id = ${workspaceId}`);
      await tx.execute(sql`delete from contact_fields where workspace_id = ${workspaceId} and id = ${id}`);
      this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'contact-fields', ids: [id] });
    });
    return undefined;
  }

  private take(workspaceId: string, key: string): Promise<number> {
    return this.workspaces.run(workspaceId, async (tx) => {
      // In the order of the ids, as merges lock them.
      return tx.execute(sql`
        update contacts k set custom_fields = k.custom_fields - ${key}::text
         where k.workspace_id = ${workspaceId} and k.id in (
           select h.id from contacts h
            where h.workspace_id = ${workspaceId}
              and h.id = any (array(select contacts_having('{}', '{}', array[${key}::text], ${batch})))
            order by h.id for no key update)`);
    });
  }
}
