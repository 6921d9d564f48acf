import { Injectable } from '@nestjs/common';
import { SystemDatabase, type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { PrivacyRequestOrigin } from './enums.js';
import { type Candidate, findSubject } from './find-subject.js';
import type { RequestRow, SubjectHints } from './request.row.js';

/** A workspace that a request may be about. */
export interface Location {
  readonly workspaceId: string;
  readonly name: string;
  /** Whether it has the website or the name that was given. */
  readonly named: boolean;
  /** Whether its controller gave the address as their own. */
  readonly tied: boolean;
  /** Whether the shop that asks is a store of it, or was one until a short time ago. */
  readonly store: 'connected' | 'left' | null;
  readonly contacts: readonly Candidate[];
}

const page = 500;

/**
 * Looks in every workspace for whom a request is about: by website, channel, phone, handle, dates and business name. Each is
 * read by itself, inside its wall; what is found goes to the operator's desk or to the workspace, never to whoever asked.
 */
@Injectable()
export class LocateRequest {
  constructor(
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
  ) {}

  async run(row: RequestRow): Promise<Location[]> {
    const found: Location[] = [];
    for (let after: string | null = null; ;) {
      const ids: { id: string }[] = await this.system.query<{ id: string }>(
        sql`select id from workspace_ids(${after}::uuid, ${page})`,
      );
      for (const { id } of ids) {
        const location = await this.workspaces.read(id, (tx) => locate(tx, row));
        if (
          location !== null &&
          (location.named || location.tied || location.store !== null || location.contacts.length > 0)
        )
          found.push(location);
      }
      after = ids.at(-1)?.id ?? null;
      if (after === null) return found;
    }
  }
}

async function locate(tx: WorkspaceTransaction, { origin, details: { hints } }: RequestRow): Promise<Location | null> {
  const { website = null, businessName = null, email = null } = hints;
  const workspace = await tx.first<Omit<Location, 'workspaceId' | 'contacts'>>(sql`
    select w.name,
           coalesce(lower(w.name) = lower(${businessName}) or lower(w.controller->>'legalName') = lower(${businessName}), false)
           or coalesce(regexp_replace(lower(w.controller->>'website'), '^[a-z]+://(www\\.)?([^/:]+).*$', '\\2') = ${website}, false)
           or exists (select from channels h where h.workspace_id = w.id and h.kind = 'WEB_CHAT' and h.status <> 'DISCONNECTED'
                         and h.settings->'allowedDomains' ? ${website}) as named,
           coalesce(lower(w.controller->>'privacyEmail') = ${email}, false) as tied,
           (select case when s.status = 'DISCONNECTED' then 'left' else 'connected' end from shopify_stores s
             where s.workspace_id = w.id and s.domain = ${website} and ${origin === PrivacyRequestOrigin.SHOPIFY}) as store
      from workspaces w where w.id = ${tx.workspaceId}`);
  if (workspace === null) return null;
  const contacts = await Promise.all(hintsBy(origin, hints).map((one) => findSubject(tx, one)));
  return { workspaceId: tx.workspaceId, ...workspace, contacts: contacts.flat() };
}

/** Meta's ids are looked for on Meta's channels alone: another platform may have given the same number to somebody else. */
function hintsBy(origin: PrivacyRequestOrigin, hints: SubjectHints): SubjectHints[] {
  if (origin !== PrivacyRequestOrigin.META) return [hints];
  return ['MESSENGER', 'INSTAGRAM', 'WHATSAPP'].map((channelKind) => ({ ...hints, channelKind }));
}
