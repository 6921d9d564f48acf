import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Recipients } from '../../platform/recipients/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { keyPlace, readSettings } from './settings-row.js';

/** Where a model is asked, and with which key. */
export interface ModelAccess {
  /** `openai` for a server of this deployment or OpenAI itself, else the host of the workspace's own server. */
  readonly provider: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** The workspace named the server, or gave a key of its own for it. */
  readonly ofWorkspace: boolean;
  readonly allowedHosts: readonly string[];
  readonly maskDetails: boolean;
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
    const { openai } = this.config;
    const model = botModel ?? settings.model ?? openai.model;
    const common = { model, maskDetails: settings.maskDetails };
    if (settings.apiKey !== null || settings.baseUrl !== null) {
      const baseUrl = settings.baseUrl ?? openAiUrl;
      // The deployment's key never goes to an address that a workspace named. Servers without keys take any.
      const apiKey = settings.apiKey === null ? 'none' : await this.secrets.decrypt(tx, keyPlace, settings.apiKey);
      const { allowedHosts } = openai;
      return { ...common, provider: providerOf(baseUrl), baseUrl, apiKey, ofWorkspace: true, allowedHosts };
    }
    if (openai.apiKey === null) return null;
    const baseUrl = openai.baseUrl ?? openAiUrl;
    // Announced, and not to be called yet.
    if (this.recipients.refusalOf(new URL(baseUrl).hostname) !== null) return null;
    return {
      ...common,
      provider: providerOf(baseUrl),
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

function providerOf(baseUrl: string): string {
  const host = URL.parse(baseUrl)?.host ?? '';
  return host === 'api.openai.com' ? 'openai' : host;
}
