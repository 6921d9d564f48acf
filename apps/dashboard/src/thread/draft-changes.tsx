import { useTranslation } from 'react-i18next';
import type { DraftChange, DraftLanguage } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { ChoiceMenu } from '../ui/menu.js';

const tones = ['FRIENDLIER', 'MORE_FORMAL'] as const;
const languages = ['EN', 'TR', 'DE', 'FR', 'ES', 'IT', 'PT', 'NL', 'RU', 'AR'] as const;

/** A language as it calls itself. */
export function languageName(code: string): string {
  return new Intl.DisplayNames(code, { type: 'language' }).of(code.toLowerCase()) ?? code;
}

interface Props {
  busy: boolean;
  onChange: (change: DraftChange, language: DraftLanguage | null) => void;
}

/** The ways to say a draft in other words. */
export function DraftChanges({ busy, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="small" tone="quiet" busy={busy} onClick={() => onChange('SHORTER', null)}>
        {t('suggestion.shorter')}
      </Button>
      <ChoiceMenu
        label={t('suggestion.tone')}
        value=""
        choices={tones.map((value) => ({ value, label: t(`suggestion.${value}`) }))}
        onChoose={(value) => onChange(value as DraftChange, null)}
        trigger={
          <Button size="small" tone="quiet" icon="smile">
            {t('suggestion.tone')}
          </Button>
        }
      />
      <ChoiceMenu
        label={t('suggestion.translate')}
        value="-"
        choices={[
          { value: '', label: t('suggestion.customersLanguage') },
          ...languages.map((value) => ({ value, label: languageName(value) })),
        ]}
        onChoose={(value) => onChange('TRANSLATION', value === '' ? null : (value as DraftLanguage))}
        trigger={
          <Button size="small" tone="quiet" icon="globe">
            {t('suggestion.translate')}
          </Button>
        }
      />
    </>
  );
}
