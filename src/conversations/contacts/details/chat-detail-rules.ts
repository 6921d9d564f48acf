import { Injectable } from '@nestjs/common';
import { isSupportedCountry } from 'libphonenumber-js/max';
import type { MemberActor, RequestOrigin } from '../../../platform/access/index.js';
import { AuditLog } from '../../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../../platform/database/index.js';
import { badInput } from '../../../platform/errors/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import type { ChatDetailRule } from './proposal.type.js';

const anybody: ChatDetailRule = { applied: [], country: null };

/** What a workspace wants done with details that contacts write of themselves. Without a word, all of them are proposed. */
@Injectable()
export class ChatDetailRules {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
  ) {}

  /** As it is set. */
  get({ workspaceId }: MemberActor): Promise<ChatDetailRule> {
    return this.workspaces.read(workspaceId, (tx) => this.read(tx));
  }

  /** Participant. The same. */
  async read(tx: WorkspaceTransaction): Promise<ChatDetailRule> {
    const rule = await tx.first<ChatDetailRule>(
      sql`select applied, country from chat_detail_rules where workspace_id = ${tx.workspaceId}`,
    );
    return rule ?? anybody;
  }

  /** Participant. In which country a number without a country code is; null where nobody can know. */
  async country(tx: WorkspaceTransaction, { country }: ChatDetailRule): Promise<string | null> {
    if (country !== null) return country;
    const row = await tx.first<{ locale: string }>(sql`select locale from workspaces where id = ${tx.workspaceId}`);
    return row === null ? null : countryOf(row.locale);
  }

  /** Sets it. */
  async set(actor: MemberActor, wanted: ChatDetailRule, origin: RequestOrigin): Promise<ChatDetailRule> {
    const rule = { applied: [...new Set(wanted.applied)], country: checkCountry(wanted.country) };
    await this.workspaces.run(actor.workspaceId, async (tx) => {
      await tx.execute(sql`
        insert into chat_detail_rules (workspace_id, applied, country)
        values (${tx.workspaceId}, ${rule.applied}::text[], ${rule.country})
        on conflict (workspace_id) do update set applied = excluded.applied, country = excluded.country`);
      this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'chat-detail-rule', ids: [tx.workspaceId] });
      this.audit.record(tx, { actor, action: 'chat-detail-rule.set', target: tx.workspaceId, origin, detail: rule });
    });
    return rule;
  }
}

/** Languages of one country say which; those that are spoken in many say it only with the country beside them. */
function countryOf(locale: string): string | null {
  const { language, region } = new Intl.Locale(locale);
  const country = region ?? (language === 'tr' ? 'TR' : undefined);
  return country !== undefined && isSupportedCountry(country) ? country : null;
}

function checkCountry(given: string | null): string | null {
  const country = given?.trim().toUpperCase() ?? '';
  if (country === '') return null;
  if (!isSupportedCountry(country))
    throw badInput('country', 'Write the country as a code of two letters, such as TR.', 'COUNTRY_CODE');
  return country;
}
