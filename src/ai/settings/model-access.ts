import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Recipients } from '../../platform/recipients/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { type Prices, type Tariff, dearestPrices, listPriceOf } from './prices.js';
import { type SettingsRow, keyPlace, readSettings } from './settings-row.js';
import { isUsedUp, spentThisMonth } from './spending.js';

/** Where a model is asked, and with which key. */
export interface ModelAccess extends Tariff {
  readonly workspaceId: string;
  /** `openai` for a server of this deployment or OpenAI itself, else the host of the workspace's own server. */
  readonly provider: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** The workspace named the server, or gave a key of its own for it. */
  readonly ofWorkspace: boolean;
  readonly allowedHosts: readonly string[];
  readonly maskDetails: boolean;
  /** What gives passages and questions their vectors; null where they are found by their words alone. */
  readonly embeddingModel: string | null;
  readonly embeddingPrices: Prices | null;
}

/** Where vectors are asked for, and of which model. */
export interface EmbeddingAccess extends Pick<
  ModelAccess,
  'workspaceId' | 'provider' | 'baseUrl' | 'apiKey' | 'ofWorkspace' | 'allowedHosts' | 'model' | 'prices' | 'dearest'
> {
  /** Vectors with another mark cannot be compared. */
  readonly mark: string;
}

export const openAiUrl = 'https://api.openai.com/v1';

/** Tells whether a workspace may ask a model, and which. */
@Injectable()
export class ModelAccessReader {
  constructor(
    private readonly config: Config,
    private readonly secrets: Secrets,
    private readonly recipients: Recipients,
  ) {}

  /** Null: nothing leaves; replies are quoted. A bot's own choice of model goes before the workspace's. */
  async read(tx: WorkspaceTransaction, botModel: string | null): Promise<ModelAccess | null> {
    const settings = await readSettings(tx);
    if (!settings.enabled) return null;
    // A budget is a promise: once it is used up no model is asked, and what stands in is quoted.
    if (settings.monthlyBudgetCents !== null && isUsedUp(settings, await spentThisMonth(tx))) return null;
    const { openai } = this.config;
    const model = botModel ?? settings.model ?? openai.model;
    const { maskDetails, embeddingModel } = settings;
    const common = { workspaceId: tx.workspaceId, model, maskDetails, embeddingModel };
    const tariff = (provider: string, ofDeployment: boolean) => {
      const operator = ofDeployment || provider === 'openai' ? openai.prices : noPrices;
      const known = (name: string) => listPriceOf(name, operator) ?? (provider === 'openai' ? listPriceOf(name) : null);
      return {
        prices: ownPrices(settings) ?? known(model),
        embeddingPrices: embeddingModel === null ? null : (ownEmbeddingPrices(settings) ?? known(embeddingModel)),
        // The sandbox's model is no one's, and costs nothing.
        dearest: ofDeployment && openai.pretended ? free : dearestPrices(openai.prices),
      };
    };
    if (settings.apiKey !== null || settings.baseUrl !== null) {
      const baseUrl = settings.baseUrl ?? openAiUrl;
      // The deployment's key never goes to an address that a workspace named. Servers without keys take any.
      const apiKey = settings.apiKey === null ? 'none' : await this.secrets.decrypt(tx, keyPlace, settings.apiKey);
      const { allowedHosts } = openai;
      const provider = providerOf(baseUrl);
      return { ...common, provider, ...tariff(provider, false), baseUrl, apiKey, ofWorkspace: true, allowedHosts };
    }
    if (openai.apiKey === null) return null;
    const baseUrl = openai.baseUrl ?? openAiUrl;
    const provider = providerOf(baseUrl);
    // Announced, and not to be called yet.
    if (this.recipients.refusalOf(new URL(baseUrl).hostname) !== null) return null;
    return {
      ...common,
      provider,
      ...tariff(provider, true),
      baseUrl,
      apiKey: openai.apiKey,
      ofWorkspace: false,
      allowedHosts: [],
    };
  }

  /** The model that is asked where a bot names none. */
  async defaultModel(tx: WorkspaceTransaction): Promise<string> {
    return (await readSettings(tx)).model ?? this.config.openai.model;
  }
}

/** The same server and key, for vectors; null where no model is set for them. */
export function embeddingAccessOf(access: ModelAccess | null): EmbeddingAccess | null {
  if (access === null || access.embeddingModel === null) return null;
  const { workspaceId, provider, baseUrl, apiKey, ofWorkspace, allowedHosts, embeddingModel: model, dearest } = access;
  const prices = access.embeddingPrices;
  const mark = `${provider} ${model}`;
  return { workspaceId, provider, baseUrl, apiKey, ofWorkspace, allowedHosts, model, prices, dearest, mark };
}

const free: Prices = { prompt: 0, completion: 0 };
const noPrices: ReadonlyMap<string, Prices> = new Map();

/** What the workspace says that its model costs. */
function ownPrices({
  promptCentsPerMillion: prompt,
  completionCentsPerMillion: completion,
}: SettingsRow): Prices | null {
  return prompt === null && completion === null ? null : { prompt: prompt ?? 0, completion: completion ?? 0 };
}

/** The same of its model of vectors: what is sent to it costs, and nothing else. */
function ownEmbeddingPrices({ embeddingCentsPerMillion: prompt }: SettingsRow): Prices | null {
  return prompt === null ? null : { prompt, completion: 0 };
}

function providerOf(baseUrl: string): string {
  const host = URL.parse(baseUrl)?.host ?? '';
  return host === 'api.openai.com' ? 'openai' : host;
}
