import { Injectable } from '@nestjs/common';
import { DeleteWorkspace } from '../../accounts/index.js';
import { FindSubject, Tombstones } from '../../conversations/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import type { Subject, SubjectScope } from '../../platform/personal-data/index.js';
import type { JournalRecord } from '../journal/journal-entry.js';
import { Erasures } from './erasures.js';
import { FindErased } from './find-erased.js';
import { FinishErasure } from './finish-erasure.js';

/**
 * Erases again what a restored backup brought back, by the entries of the journal: to the end, and with no server listening.
 * What is gone already is no error, so it may be run as often as one likes.
 */
@Injectable()
export class ReplayErasures {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly subjects: FindSubject,
    private readonly found: FindErased,
    private readonly tombstones: Tombstones,
    private readonly erasures: Erasures,
    private readonly finish: FinishErasure,
    private readonly deletion: DeleteWorkspace,
  ) {}

  /** Gives how many erasures and deletions were done again; entries of other kinds are passed over. */
  async run(entries: Iterable<JournalRecord> | AsyncIterable<JournalRecord>): Promise<number> {
    let done = 0;
    for await (const entry of entries) {
      const { kind, workspaceId } = entry;
      if (workspaceId === null) continue;
      if (kind === 'workspace-deleted' && (await this.workspaces.run(workspaceId, (tx) => this.delete(tx)))) done += 1;
      if (kind !== 'erasure') continue;
      const erasureId = one(entry, 'erasureId');
      if (!(await this.workspaces.run(workspaceId, (tx) => this.begin(tx, erasureId, entry)))) continue;
      // What a hold keeps of a channel's history is kept here as well; the rest of it goes when that is released.
      while ((await this.finish.turn(workspaceId, erasureId, true)) === 'more');
      done += 1;
    }
    return done;
  }

  /** Nothing of it can be read from then on; its rows go by the job that this schedules, once there is a server to run it. */
  private async delete(tx: WorkspaceTransaction): Promise<boolean> {
    const there = await tx.first(sql`
      select from workspaces w where w.id = ${tx.workspaceId}
         and not exists (select from workspace_deletions d where d.workspace_id = w.id) for update`);
    if (there === null) return false;
    await this.deletion.begin(tx, true);
    return true;
  }

  /** False where the workspace itself is not in the backup. */
  private async begin(tx: WorkspaceTransaction, erasureId: string, entry: JournalRecord): Promise<boolean> {
    if ((await tx.first(sql`select from workspaces where id = ${tx.workspaceId}`)) === null) return false;
    await this.tombstones.restore(tx, many(entry, 'tombstones'), entry.at);
    if ((await this.erasures.lock(tx, erasureId)) !== null) return true;
    // A finished one of that id is in the backup with what it erased: nobody came back.
    const finished = await tx.first(
      sql`select from erasures where workspace_id = ${tx.workspaceId} and id = ${erasureId}`,
    );
    if (finished !== null) return true;
    const digests = many(entry, 'tombstones').length;
    const [requestId = null] = many(entry, 'requestId');
    await this.erasures.add(tx, erasureId, await this.find(tx, entry), { requestId, by: 'restore' }, digests);
    return true;
  }

  private async find(tx: WorkspaceTransaction, entry: JournalRecord): Promise<Subject> {
    const subject: Subject = {
      scope: one(entry, 'scope') as SubjectScope,
      contactIds: many(entry, 'contactIds'),
      conversationIds: many(entry, 'conversationIds'),
      leadIds: many(entry, 'leadIds'),
      channelIds: many(entry, 'channelIds'),
      memberIds: [],
    };
    const there = await tx.query<{ id: string }>(sql`
      select id from contacts where workspace_id = ${tx.workspaceId} and id = any (${subject.contactIds}::uuid[])`);
    if (there.length === 0) return subject;
    // The backup knows more than ids, and may know conversations that had gone before the erasure.
    const contacts = await this.subjects.contact(
      tx,
      there.map(({ id }) => id),
    );
    const { subject: known } = await this.found.people(tx, contacts);
    return {
      ...known,
      scope: subject.scope,
      leadIds: [...new Set([...(known.leadIds ?? []), ...(subject.leadIds ?? [])])],
      contactIds: [...new Set([...known.contactIds, ...subject.contactIds])],
      conversationIds: [...new Set([...known.conversationIds, ...subject.conversationIds])],
    };
  }
}

function one({ ids }: JournalRecord, name: string): string {
  const value = ids[name];
  if (typeof value !== 'string') throw new Error(`The journal's entry of an erasure has no ${name}.`);
  return value;
}

function many({ ids }: JournalRecord, name: string): readonly string[] {
  const value = ids[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}
