import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces, cleanInput, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { forgetTakenCases } from '../evaluation/forget-taken-cases.js';
import { embedSoon } from '../knowledge/embedding/embed-soon.js';
import type { AiSettings } from './ai-settings.type.js';
import { checkModelUrl } from './check-model-url.js';
import { settingsShown } from './read-ai-settings.js';
import { keyPlace, readSettings } from './settings-row.js';
import type { AiSettingsInput } from './update-ai-settings.input.js';

const dearest = 1_000_000;

/** Changes where a model is asked, with which key, and whether at all. */
@Injectable()
export class UpdateAiSettings {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly config: Config,
    private readonly secrets: Secrets,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  run(actor: MemberActor, input: AiSettingsInput, request: RequestContext): Promise<AiSettings> {
    const baseUrl = setting('baseUrl', input.baseUrl, 500);
    const checkedUrl = typeof baseUrl === 'string' ? checkModelUrl(baseUrl, this.config) : baseUrl;
    const model = setting('model', input.model, 200);
    const embeddingModel = setting('embeddingModel', input.embeddingModel, 200);
    const key = setting('apiKey', input.apiKey, 500);
    if (typeof key === 'string' && !/^[\x21-\x7e]+$/.test(key))
      throw badInput('apiKey', 'A key has no spaces and no special characters. Copy it again.', 'KEY_MALFORMED');
    const budget = input.monthlyBudgetCents ?? undefined;
    if (budget !== undefined && budget < 0)
      throw badInput('monthlyBudgetCents', 'A budget cannot be less than nothing.', 'BUDGET_NEGATIVE');
    const promptPrice = price('promptCentsPerMillion', input.promptCentsPerMillion);
    const completionPrice = price('completionCentsPerMillion', input.completionCentsPerMillion);
    const embeddingPrice = price('embeddingCentsPerMillion', input.embeddingCentsPerMillion);
    const percent = input.autoNeedsPercent ?? undefined;
    if (percent !== undefined && !(percent >= 0 && percent <= 100))
      throw badInput('autoNeedsPercent', 'Give a number from 0 to 100.', 'NUMBER_BETWEEN', { least: '0', most: '100' });
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await tx.execute(sql`insert into ai_settings (workspace_id) values (${tx.workspaceId}) on conflict do nothing`);
      await tx.execute(sql`select 1 from ai_settings where workspace_id = ${tx.workspaceId} for update`);
      const before = await readSettings(tx);
      const url = checkedUrl === undefined ? before.baseUrl : checkedUrl;
      // A stored key is never sent to an address other than the one it was given for: nobody can read it that way.
      const kept = url === before.baseUrl ? before.apiKey : null;
      const apiKey = key === undefined ? kept : key === null ? null : await this.secrets.encrypt(tx, keyPlace, key);
      await tx.execute(sql`
        update ai_settings
           set enabled = ${input.enabled ?? before.enabled}, base_url = ${url}, model = ${model === undefined ? before.model : model},
               embedding_model = ${embeddingModel === undefined ? before.embeddingModel : embeddingModel}, api_key = ${apiKey},
               monthly_budget_cents = ${budget ?? before.monthlyBudgetCents}, mask_details = ${input.maskDetails ?? before.maskDetails},
               prompt_cents_per_million = ${promptPrice === undefined ? before.promptCentsPerMillion : promptPrice},
               completion_cents_per_million = ${completionPrice === undefined ? before.completionCentsPerMillion : completionPrice},
               embedding_cents_per_million = ${embeddingPrice === undefined ? before.embeddingCentsPerMillion : embeddingPrice},
               cases_from_conversations = ${input.casesFromConversations ?? before.casesFromConversations},
               auto_needs_percent = ${percent === undefined ? before.autoNeedsPercent : percent === 0 ? null : percent}, updated_at = now()
         where workspace_id = ${tx.workspaceId}`);
      if (before.casesFromConversations && input.casesFromConversations === false) await forgetTakenCases(tx);
      // Another model's vectors are no use, and what had none may have them now.
      await embedSoon(tx);
      const detail = {
        changed: Object.keys(input).filter((name) => input[name as keyof AiSettingsInput] != null),
        enabled: input.enabled ?? before.enabled,
      };
      this.audit.record(tx, { actor, action: 'ai-settings.update', origin: request.origin, detail });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [], detail: 'aiSettings' });
      return settingsShown(tx);
    });
  }
}

/** undefined: leave it; null: take it away. */
function setting(field: string, value: string | null | undefined, max: number): string | null | undefined {
  if (value === undefined || value === null) return undefined;
  const text = cleanInput(value);
  if (text.length > max)
    throw badInput(field, `Use at most ${String(max)} characters.`, 'TOO_LONG', { most: String(max) });
  return text === '' ? null : text;
}

/** undefined: leave it; null: take it away. */
function price(field: string, cents: number | null | undefined): number | null | undefined {
  if (cents === undefined || cents === null) return undefined;
  if (!(cents >= 0 && cents <= dearest))
    throw badInput(field, `Give a number from 0 to ${String(dearest)}.`, 'NUMBER_BETWEEN', {
      least: '0',
      most: String(dearest),
    });
  return cents === 0 ? null : cents;
}
