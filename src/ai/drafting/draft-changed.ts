import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';
import { InboxEvent } from '../../conversations/index.js';
import { sql } from '../../platform/database/index.js';
import { type LiveEvent, LiveKinds, cursorOf } from '../../platform/live/index.js';
import { byId } from '../../platform/graphql/index.js';
import { type DraftRow, draftColumns } from './draft.row.js';
import { DraftType } from './draft.type.js';

@ObjectType({ implements: () => [InboxEvent], description: 'A draft is new, or not what it was.' })
export class DraftChanged extends InboxEvent {
  @Field(() => DraftType, { description: 'The draft as it is now.' })
  draft: DraftType;

  constructor(cursor: string, at: Date, draft: DraftType) {
    super(cursor, at);
    this.draft = draft;
  }
}

/** Tells the live feed how to make DraftChanged of what was stored of it. */
@Injectable()
export class DraftLiveEvents implements OnModuleInit {
  constructor(private readonly kinds: LiveKinds) {}

  onModuleInit(): void {
    this.kinds.register('DraftChanged', async (tx, changes) => {
      const ids = [...new Set(changes.flatMap((change) => change.ids.slice(0, 1)))];
      const rows = byId(
        await tx.query<DraftRow>(
          sql`select ${draftColumns} from drafts d where d.workspace_id = ${tx.workspaceId} and d.id = any (${ids}::uuid[])`,
        ),
      );
      const events = new Map<number, LiveEvent>();
      for (const {
        seq,
        at,
        ids: [id],
      } of changes) {
        const row = rows.get(id ?? '');
        if (row !== undefined) events.set(seq, new DraftChanged(cursorOf(seq), at, DraftType.from(row)));
      }
      return events;
    });
  }
}
