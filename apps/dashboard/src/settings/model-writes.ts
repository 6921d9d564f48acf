import type { AiSettingsQuery } from '../api/documents.js';

type Settings = Pick<AiSettingsQuery['aiSettings'], 'enabled' | 'hasKey' | 'baseUrl'>;

/** Who writes suggested replies: a model, or nobody, in which case they are quoted from the knowledge base. */
export function writerOf(settings: Settings, instanceHasModel: boolean): 'model' | 'off' | 'none' {
  if (!settings.hasKey && !settings.baseUrl && !instanceHasModel) return 'none';
  return settings.enabled ? 'model' : 'off';
}

/** Whether a draft is the knowledge base's own words. People should know which of the two they send. */
export function isQuoted(run: { provider: string } | null): boolean {
  return run === null || run.provider === 'quote';
}
