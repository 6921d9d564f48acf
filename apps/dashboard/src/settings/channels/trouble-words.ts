import type { TFunction } from 'i18next';

interface Troubled {
  readonly lastError: string | null;
  readonly lastErrorCode: string | null;
}

/** What is wrong with a channel, in the reader's words; what is not known is the platform's, and says so. Null for nothing. */
export function troubleWords({ lastError, lastErrorCode }: Troubled, t: TFunction): string | null {
  if (lastError === null || lastError === '') return null;
  const said = t('channelTrouble.said', { words: lastError });
  return lastErrorCode === null ? said : t(`channelTrouble.${lastErrorCode}`, { defaultValue: said });
}
