import { Injectable } from '@nestjs/common';
import {
  type Sql,
  type SystemTransaction,
  type WorkspaceTransaction,
  isUuid,
  newId,
  sql,
} from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { forgetWords, wordsEndAt } from './closed-request.js';
import { dueFrom } from './due-dates.js';
import { PrivacyRequestStatus } from './enums.js';
import { reminderDays, remindOfRequest, remindOperator } from './reminders.js';
import { RequestCodes } from './request-codes.js';
import { RequestJournal } from './request-journal.js';
import type { Law, RequestDetails, RequestRow, SubjectHints } from './request.row.js';
import { journalledState } from './journalled-state.js';
import { SealDetails } from './seal-details.js';

/** The request that comes in. */
export interface IncomingRequest extends Pick<RequestRow, 'kind' | 'origin'> {
  readonly hints: SubjectHints;
  readonly contactIds?: readonly string[];
  readonly userId?: string | null;
  readonly replyTo?: string | null;
  readonly note?: string | null;
  readonly rectification?: unknown;
  readonly onBehalfOf?: boolean;
  readonly minor?: boolean;
  readonly law?: Law | null;
  readonly language?: RequestRow['language'];
  /** About the asker's own account or workspace here: seven days. */
  readonly own?: boolean;
  /** What is asked for cannot be told for sure. */
  readonly unclear?: boolean;
  /** The door proved by itself who asks: a signature, a signed session. */
  readonly proved?: boolean;
  /** Of a call that may be repeated: its code, which is the same each time. */
  readonly code?: string;
}

type StoredRow = Omit<RequestRow, 'details' | 'journalled'> & { readonly details: Buffer };
type Place = WorkspaceTransaction | SystemTransaction;
const isWalled = (tx: Place): tx is WorkspaceTransaction => 'workspaceId' in tx;

const common: Sql = sql`id, kind, origin, status, code, language, law, on_behalf_of as "onBehalfOf", minor,
  received_at as "receivedAt", due_at as "dueAt", extended_until as "extendedUntil", notice_sent_at as "noticeSentAt",
  verified_at as "verifiedAt", completed_at as "completedAt", proof_hash as "proofHash", proof_until as "proofUntil", details`;
const walled: Sql = sql`${common}, workspace_id as "workspaceId", contact_ids as "contactIds", erasure_id as "erasureId", null::uuid as "userId"`;
const unowned: Sql = sql`${common}, null::uuid as "workspaceId", '{}'::uuid[] as "contactIds", null::uuid as "erasureId", user_id as "userId"`;

/**
 * Requests under the law, from whatever door: those of the transaction's workspace, or, in a transaction outside every
 * workspace, those that nobody owns yet. What they say is encrypted: under the workspace's key, or the deployment's.
 */
@Injectable()
export class PrivacyRequests {
  constructor(
    private readonly codes: RequestCodes,
    private readonly details: SealDetails,
    private readonly outbox: Outbox,
    private readonly journal: RequestJournal,
    private readonly feed: LiveFeed,
  ) {}

  /** Opens a request and starts its clock. */
  async open(tx: Place, incoming: IncomingRequest): Promise<RequestRow> {
    const workspace = isWalled(tx) ? tx : null;
    const { law = null, minor = false, own = false, onBehalfOf = false, proved = false, language = 'en' } = incoming;
    const { kind, origin, contactIds = [], userId = null, code = this.codes.make() } = incoming;
    const id = newId();
    // Who asks for another proves that they may, whatever the door says of themselves.
    const isProved = proved && !onBehalfOf;
    const status = isProved ? PrivacyRequestStatus.IN_PROGRESS : PrivacyRequestStatus.VERIFYING;
    const sealed = await this.details.seal(tx, id, detailsOf(incoming, status, isProved));
    // A call that came twice at once: one of the two is the request.
    if (!(await this.codes.note(tx, code, { requestId: id, workspaceId: workspace?.workspaceId ?? null })))
      throw new Error('A request has this code already.');
    const state = sql`${id}, ${kind}, ${origin}, ${status}, ${code}, ${language}, ${law}, ${onBehalfOf}, ${minor},
      ${dueFrom(workspace, { law, minor, own })}, case when ${isProved} then now() end, ${sealed}`;
    const columns = sql`id, kind, origin, status, code, language, law, on_behalf_of, minor, due_at, verified_at, details`;
    const [row] = await tx.query<StoredRow>(
      workspace === null
        ? sql`insert into instance_privacy_requests (${columns}, user_id) values (${state}, ${userId}) returning ${unowned}`
        : sql`insert into privacy_requests (${columns}, workspace_id, contact_ids)
              values (${state}, ${workspace.workspaceId}, ${[...contactIds]}::uuid[]) returning ${walled}`,
    );
    if (row === undefined) throw new Error('A privacy request was not written.');
    await this.remind(tx, row);
    this.tell(tx, id);
    return this.journal.received(tx, await this.opened(tx, row));
  }

  /** One request; null where there is none with this id here. */
  async byId(tx: Place, id: string): Promise<RequestRow | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.select(tx, sql`id = ${id}`);
    return row ?? null;
  }

  /** One request, held until the end of the transaction. */
  async lock(tx: Place, id: string): Promise<RequestRow> {
    const [row] = isUuid(id) ? await this.select(tx, sql`id = ${id.toLowerCase()} for update`) : [];
    if (row === undefined) throw notFound('This request');
    return row;
  }

  /** Requests that fit a condition, to which an order may be added. */
  async select(tx: Place, condition: Sql): Promise<RequestRow[]> {
    const rows = await tx.query<StoredRow>(
      isWalled(tx)
        ? sql`select ${walled} from privacy_requests where workspace_id = ${tx.workspaceId} and ${condition}`
        : sql`select ${unowned} from instance_privacy_requests where ${condition}`,
    );
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  /** Writes down what became of a request that is held, in the journal too, and tells open desks. */
  async save(tx: Place, row: RequestRow): Promise<RequestRow> {
    await this.write(tx, row);
    this.tell(tx, row.id);
    return this.journal.changed(tx, row);
  }

  /** The same for what the journal knows already: after a restore, with nobody looking. */
  async write(tx: Place, row: RequestRow): Promise<RequestRow> {
    const sealed = await this.details.seal(tx, row.id, row.details);
    const state = sql`kind = ${row.kind}, status = ${row.status}, due_at = ${row.dueAt}, extended_until = ${row.extendedUntil}, notice_sent_at = ${row.noticeSentAt},
      verified_at = ${row.verifiedAt}, completed_at = ${row.completedAt}, proof_hash = ${row.proofHash}, proof_until = ${row.proofUntil}, details = ${sealed}`;
    await tx.execute(
      isWalled(tx)
        ? sql`update privacy_requests set ${state}, contact_ids = ${[...row.contactIds]}::uuid[], erasure_id = ${row.erasureId}
               where workspace_id = ${tx.workspaceId} and id = ${row.id}`
        : sql`update instance_privacy_requests set ${state}, user_id = (select id from users where id = ${row.userId}) where id = ${row.id}`,
    );
    await this.keep(tx, row);
    return row;
  }

  /** Takes a request that nobody owned into the transaction's workspace, as it stands. */
  async adopt(tx: WorkspaceTransaction, id: string): Promise<RequestRow> {
    const [stored] = isUuid(id)
      ? await tx.query<StoredRow>(sql`select ${unowned} from instance_privacy_requests where id = ${id} for update`)
      : [];
    if (stored === undefined) throw notFound('This request');
    const details = this.details.openUnowned(id, stored.details);
    const sealed = await this.details.seal(tx, id, details);
    const state = sql`kind, origin, status, code, language, law, on_behalf_of, minor, received_at, due_at, extended_until, notice_sent_at,
      verified_at, completed_at, proof_hash, proof_until`;
    await tx.execute(sql`
      insert into privacy_requests (workspace_id, id, details, ${state})
      select ${tx.workspaceId}, id, ${sealed}, ${state} from instance_privacy_requests where id = ${id}`);
    await tx.execute(sql`delete from instance_privacy_requests where id = ${id}`);
    await this.codes.move(tx, id);
    // A login that it is about is the operator's to answer: it does not come along.
    const row = known({ ...stored, workspaceId: tx.workspaceId, userId: null, details });
    await this.remind(tx, row);
    this.tell(tx, id);
    return row;
  }

  /** Participant. Puts back what is known of a request that a restored backup does not have; false where it is there. */
  async putBack(tx: Place, lost: RequestRow): Promise<boolean> {
    const sealed = await this.details.seal(tx, lost.id, lost.details);
    // Its code is known by its digest alone: it leads here still, and is shown no more.
    const columns = sql`id, kind, origin, status, code, language, law, on_behalf_of, minor, received_at, due_at, details`;
    const state = sql`${lost.id}::uuid, ${lost.kind}, ${lost.origin}, ${lost.status}, '', ${lost.language}, ${lost.law}, ${lost.onBehalfOf},
      ${lost.minor}, ${lost.receivedAt}::timestamptz, ${lost.dueAt}::timestamptz, ${sealed}::bytea`;
    const put = await tx.execute(
      isWalled(tx)
        ? sql`insert into privacy_requests (${columns}, workspace_id, contact_ids)
              values (${state}, ${tx.workspaceId}, ${[...lost.contactIds]}::uuid[]) on conflict do nothing`
        : sql`insert into instance_privacy_requests (${columns}, user_id)
              values (${state}, (select id from users where id = ${lost.userId})) on conflict do nothing`,
    );
    if (put === 0) return false;
    await this.remind(tx, lost);
    // What it had become of it by then.
    await this.write(tx, lost);
    return true;
  }

  // Some days before it is due, or at once where there are none.
  private async remind(tx: Place, { id, dueAt }: Pick<RequestRow, 'id' | 'dueAt'>): Promise<void> {
    // The operator's own job waits for its time by itself.
    if (!isWalled(tx)) await this.outbox.scheduleForInstance(tx, remindOperator, id);
    else this.outbox.schedule(tx, remindOfRequest, id, new Date(dueAt.getTime() - reminderDays * 86_400_000));
  }

  // What it said goes when its term is over.
  private async keep(tx: Place, { id, completedAt, details }: RequestRow): Promise<void> {
    if (completedAt === null || details.wordsGone === true) return;
    if (isWalled(tx)) this.outbox.schedule(tx, forgetWords, id, wordsEndAt(completedAt));
    else await this.outbox.scheduleForInstance(tx, forgetWords, id);
  }

  // Open desks look anew.
  private tell(tx: Place, id: string): void {
    if (isWalled(tx)) this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'privacy-requests' });
  }

  private async opened(tx: Place, row: StoredRow): Promise<RequestRow> {
    return known({ ...row, details: await this.details.open(tx, row.id, row.details) });
  }
}

/** As it stands in the database, so it stands in the journal. */
function known(row: Omit<RequestRow, 'journalled'>): RequestRow {
  return { ...row, journalled: JSON.stringify(journalledState(row)) };
}

function detailsOf(incoming: IncomingRequest, status: PrivacyRequestStatus, proved: boolean): RequestDetails {
  const { hints, replyTo = null, note = null, rectification = null, onBehalfOf = false, unclear = false } = incoming;
  const at = new Date().toISOString();
  const unproved = onBehalfOf
    ? 'It is asked for another: who they are, and that they may, has to be shown.'
    : 'Who asks has to be shown.';
  return {
    hints,
    replyTo,
    ...(unclear && { unclear }),
    note,
    rectification,
    extensionReason: null,
    history: [
      { at, status: PrivacyRequestStatus.RECEIVED, note: null },
      { at, status, note: proved ? 'The way it came proves who asks.' : unproved },
    ],
  };
}
