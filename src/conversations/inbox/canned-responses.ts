import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import {
  type WorkspaceTransaction,
  Workspaces,
  cleanInput,
  isUuid,
  newId,
  sql,
} from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { CannedResponseEntity } from '../canned-response.entity.js';

/** What a member says of a canned response. */
export interface CannedResponseText {
  readonly id: string | null | undefined;
  readonly shortcut: string;
  readonly text: string;
}

const maxShortcut = 40;
const maxText = 5_000;
const maxResponses = 5_000;
/** All texts of a workspace together: a dashboard reads them all at once. */
const maxCharacters = 5_000_000;

/** The texts that members use again and again. */
@Injectable()
export class CannedResponses {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  /** All of them, by shortcut. */
  list({ workspaceId }: MemberActor): Promise<CannedResponseEntity[]> {
    return this.workspaces.read(workspaceId, (tx) =>
      tx.of(CannedResponseEntity).find({ where: { workspaceId }, order: { shortcut: 'ASC', id: 'ASC' } }),
    );
  }

  /** Makes one, or with an id changes that one. */
  async save(actor: MemberActor, given: CannedResponseText, origin: RequestOrigin): Promise<CannedResponseEntity> {
    const { workspaceId } = actor;
    const wanted = { shortcut: checkShortcut(given.shortcut), text: checkText(given.text) };
    return this.workspaces.run(workspaceId, async (tx) => {
      const known = given.id === null || given.id === undefined ? null : await this.find(tx, given.id);
      if (known !== null && known.shortcut === wanted.shortcut && known.text === wanted.text) return known;
      const saved = Object.assign(known ?? tx.of(CannedResponseEntity).create({ workspaceId, id: newId() }), wanted);
      await this.refuseWhatDoesNotFit(tx, saved);
      await tx.of(CannedResponseEntity).save(saved);
      this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'canned-responses', ids: [saved.id] });
      this.audit.record(tx, { actor, action: 'canned-response.save', target: saved.id, origin });
      return saved;
    });
  }

  /** Removes one. */
  async remove(actor: MemberActor, id: string, origin: RequestOrigin): Promise<boolean> {
    const { workspaceId } = actor;
    return this.workspaces.run(workspaceId, async (tx) => {
      const known = await this.find(tx, id);
      await tx.of(CannedResponseEntity).delete({ workspaceId, id: known.id });
      this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'canned-responses', ids: [known.id] });
      this.audit.record(tx, { actor, action: 'canned-response.delete', target: known.id, origin });
      return true;
    });
  }

  private async find(tx: WorkspaceTransaction, id: string): Promise<CannedResponseEntity> {
    const known = isUuid(id) ? await tx.of(CannedResponseEntity).findOneBy({ workspaceId: tx.workspaceId, id }) : null;
    if (known === null) throw notFound('Canned response');
    return known;
  }

  /** One at a time in a workspace, so that two members cannot take the same shortcut at the same moment. */
  private async refuseWhatDoesNotFit(tx: WorkspaceTransaction, saved: CannedResponseEntity): Promise<void> {
    const { id, shortcut, text } = saved;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`canned-responses ${tx.workspaceId}`}, 0))`);
    const others = await tx.first<{ taken: boolean; count: number; characters: number }>(sql`
      select coalesce(bool_or(lower(shortcut) = lower(${shortcut})), false) as taken, count(*)::int as count,
             coalesce(sum(length(text)), 0)::int as characters
        from canned_responses where workspace_id = ${tx.workspaceId} and id <> ${id}`);
    if (others?.taken === true) {
      throw new DomainError(ErrorCode.CONFLICT, 'Another canned response has this shortcut.', {
        reason: 'SHORTCUT_TAKEN',
        field: 'shortcut',
      });
    }
    if ((others?.count ?? 0) >= maxResponses) {
      throw new DomainError(ErrorCode.CONFLICT, `A workspace has at most ${String(maxResponses)} canned responses.`, {
        reason: 'REPLIES_MANY',
        values: { most: String(maxResponses) },
      });
    }
    if ((others?.characters ?? 0) + text.length > maxCharacters) {
      throw new DomainError(
        ErrorCode.CONFLICT,
        `The canned responses of a workspace have at most ${String(maxCharacters)} characters together.`,
        { reason: 'REPLIES_FULL', values: { most: String(maxCharacters) } },
      );
    }
  }
}

function checkShortcut(given: string): string {
  const shortcut = cleanInput(given);
  if (shortcut === '' || /\s/u.test(shortcut))
    throw badInput('shortcut', 'A shortcut is one word, without spaces.', 'SHORTCUT_WORD');
  if (shortcut.length > maxShortcut)
    throw badInput('shortcut', `A shortcut has at most ${String(maxShortcut)} characters.`, 'TOO_LONG', {
      most: String(maxShortcut),
    });
  return shortcut;
}

function checkText(given: string): string {
  const text = cleanInput(given);
  if (text === '') throw badInput('text', 'Write the text first.', 'WRITE_FIRST');
  if (text.length > maxText)
    throw badInput('text', `The text has at most ${String(maxText)} characters.`, 'TOO_LONG', {
      most: String(maxText),
    });
  return text;
}
