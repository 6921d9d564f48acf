import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql, uuidAt } from '../platform/database/index.js';
import { RowLoader } from '../platform/graphql/index.js';

/** A customer who writes more than this in one conversation within a minute floods it: no person does. */
const mostInAMinute = 60;
const minute = 60_000;

/**
 * Which of these conversations are flooded now. Counted where it is asked, so that storing a message costs nothing more: no
 * more rows of a conversation are looked at than it takes to know, along the index of its thread. What a platform kept back
 * and brings late counts for when it was written.
 */
export async function floodedOf(tx: WorkspaceTransaction, conversationIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(sql`
    select asked.id from unnest(${conversationIds.filter(isUuid)}::uuid[]) as asked (id)
     cross join lateral (
       select count(*) as written from (
         select from messages m
          where m.workspace_id = ${tx.workspaceId} and m.conversation_id = asked.id and m.direction = 'INBOUND'
            and m.id > ${uuidAt(Date.now() - minute)}
          limit ${mostInAMinute + 1}) last_minute) counted
     where counted.written > ${mostInAMinute}`);
  return new Set(rows.map(({ id }) => id));
}

/** Whether a conversation is flooded, for who shows it. */
@Injectable()
export class FloodingLoader extends RowLoader<true> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, true>> {
    return new Map([...(await floodedOf(tx, keys))].map((id) => [id, true]));
  }
}
