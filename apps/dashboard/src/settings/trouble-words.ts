import { useTranslation } from 'react-i18next';

/** Why something could not be read, in the reader's words; a reason that is not known here is told as it came. */
export function useTroubleWords(): (trouble: { error: string | null; reason: string | null }) => string {
  const { t } = useTranslation();
  return ({ error, reason }) => {
    const known = reason === null ? '' : t(`readingReason.${reason}`, { defaultValue: '' });
    return known === '' ? (error ?? '') : known;
  };
}
