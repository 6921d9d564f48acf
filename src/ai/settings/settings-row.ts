import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { WorkspaceSecret } from '../../platform/secrets/index.js';

/** The AI settings of a workspace as its table holds them. */
export interface SettingsRow {
  readonly enabled: boolean;
  readonly baseUrl: string | null;
  readonly model: string | null;
  readonly embeddingModel: string | null;
  readonly apiKey: Buffer | null;
  readonly monthlyBudgetCents: number | null;
  readonly maskDetails: boolean;
  /** What a million tokens cost here, in cents, where the workspace says so. */
  readonly promptCentsPerMillion: number | null;
  readonly completionCentsPerMillion: number | null;
  readonly embeddingCentsPerMillion: number | null;
  /** Whether bots may be tried with what customers asked. */
  readonly casesFromConversations: boolean;
  /** How well a bot has to answer before it answers by itself; null: nothing is asked. */
  readonly autoNeedsPercent: number | null;
}

/** The column in which a workspace's own key of a model server is kept. */
export const aiSecrets: readonly WorkspaceSecret[] = [
  { table: 'ai_settings', column: 'api_key', key: 'workspace_id', row: 'settings' },
];

/** Where the key stands among the secrets. */
export const keyPlace = { table: 'ai_settings', column: 'api_key', row: 'settings' } as const;

const unset: SettingsRow = {
  enabled: false,
  baseUrl: null,
  model: null,
  embeddingModel: null,
  apiKey: null,
  monthlyBudgetCents: null,
  maskDetails: false,
  promptCentsPerMillion: null,
  completionCentsPerMillion: null,
  embeddingCentsPerMillion: null,
  casesFromConversations: false,
  autoNeedsPercent: null,
};

/** The settings; those of a workspace that never set any are all off. */
export async function readSettings(tx: WorkspaceTransaction): Promise<SettingsRow> {
  const row = await tx.first<SettingsRow>(sql`
    select enabled, base_url as "baseUrl", model, embedding_model as "embeddingModel", api_key as "apiKey",
           monthly_budget_cents as "monthlyBudgetCents", mask_details as "maskDetails",
           prompt_cents_per_million as "promptCentsPerMillion", completion_cents_per_million as "completionCentsPerMillion",
           embedding_cents_per_million as "embeddingCentsPerMillion",
           cases_from_conversations as "casesFromConversations", auto_needs_percent as "autoNeedsPercent"
      from ai_settings where workspace_id = ${tx.workspaceId}`);
  return row ?? unset;
}
