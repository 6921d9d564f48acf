import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemDatabase } from '../../platform/database/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { AdoptRequest } from './adopt-request.js';
import { hastened } from './due-dates.js';
import { PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';
import { LocateRequest, type Location } from './locate-request.js';
import { MailGrantor } from './mail-grantor.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import { isOpen, stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

/** The kind of job that looks for the workspace which a request is about; the row's id is the request's. */
export const routeRequest = 'route-privacy-request';

const mostTold = 10;

/**
 * Finds out whose a request is. Where one workspace alone is meant it goes there; else it stays on the operator's desk,
 * with the workspaces that may be meant.
 */
@Injectable()
export class RouteRequestWorker implements Worker, OnModuleInit {
  readonly kind = routeRequest;
  readonly concurrency = 1;
  readonly maxSeconds = 300;

  constructor(
    private readonly queues: Queues,
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
    private readonly locating: LocateRequest,
    private readonly adopting: AdoptRequest,
    private readonly notices: RequestNotices,
    private readonly grantor: MailGrantor,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ rowId }: Job): Promise<undefined> {
    const row = await this.system.run((tx) => this.requests.byId(tx, rowId));
    if (row === null || !isOpen(row) || row.userId !== null) return;
    await this.grantor.run(row);
    const locations = await this.locating.run(row);
    if (row.origin === PrivacyRequestOrigin.EMAIL && locations.some(isKnown)) await this.hasten(row.id);
    const meant = row.details.unclear === true ? null : meantBy(row, locations);
    if (meant === null) return this.leaveToOperator(row.id, locations);
    const ids = meant.contacts.map(({ id }) => id);
    // Several people by one address: a member says which.
    await this.adopting.run(row.id, meant.workspaceId, ids.length === 1 ? ids : [], 'It was found whose it is.');
  }

  /** Whoever asks is known here: it is done in seven days then. */
  private async hasten(id: string): Promise<void> {
    await this.system.run(async (tx) => this.requests.save(tx, hastened(await this.requests.lock(tx, id))));
  }

  private async leaveToOperator(id: string, locations: readonly Location[]): Promise<undefined> {
    await this.system.run(async (tx) => {
      const row = await this.requests.lock(tx, id);
      if (!isOpen(row)) return;
      // Of a shop that nobody connected or names there is nothing here.
      const nothing =
        row.origin === PrivacyRequestOrigin.SHOPIFY && !locations.some(({ named, store }) => named || store !== null);
      const may = locations.slice(0, mostTold).map(({ workspaceId, name }) => `${name} (${workspaceId})`);
      const next = nothing
        ? stepTo(
            row,
            PrivacyRequestStatus.COMPLETED,
            'No workspace here belongs to this shop: nothing of it is stored.',
          )
        : may.length === 0
          ? stepTo(row, row.status, 'No workspace was found that knows them.')
          : stepTo(row, row.status, 'May be meant:', may.join('; '));
      if (nothing) await this.notices.tell(tx, row, 'done');
      await this.requests.save(tx, next);
    });
  }
}

/**
 * The one workspace that is meant. A name or a website alone is a claim that any workspace can make of itself, so the person
 * has to be known there too; a shop's own calls are signed, and go where its owner connected it, else where its address is named, and
 * nowhere else.
 */
function meantBy({ origin }: RequestRow, locations: readonly Location[]): Location | null {
  const named = locations.filter((location) => location.named);
  if (origin === PrivacyRequestOrigin.SHOPIFY) {
    const stores = (state: Location['store']) => locations.filter(({ store }) => store === state);
    return one(stores('connected')) ?? one(stores('left')) ?? one(named);
  }
  const knowing = locations.filter(({ contacts }) => contacts.length > 0);
  return one(knowing.filter((location) => location.named)) ?? one(knowing);
}

/** Whether whoever wrote from this address was known there before. */
function isKnown({ contacts, tied }: Location): boolean {
  return tied || contacts.length > 0;
}

function one(locations: readonly Location[]): Location | null {
  return locations.length === 1 ? (locations[0] ?? null) : null;
}
