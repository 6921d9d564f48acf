import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/button.js';
import { TextField } from '../ui/field.js';

interface Props {
  value: string;
  problem: 'most' | 'long' | null;
  limits: { quickReplies: number; quickReplyLength: number };
  onChange: (value: string) => void;
  onClose: () => void;
}

/** The answers that go along with a reply, for the customer to choose from. */
export function OfferedAnswers({ value, problem, limits, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const { quickReplies: most, quickReplyLength: length } = limits;
  const wrong = problem === 'most' ? t('composer.answersMost', { most }) : t('composer.answersLong', { length });
  return (
    <div className="offered-field">
      <TextField
        autoFocus
        label={t('composer.answers')}
        hint={t('composer.answersHint', { most, length })}
        error={problem === null ? undefined : wrong}
        dir="auto"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          // Enter would send what is not finished.
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
        }}
      />
      <IconButton icon="close" label={t('action.close')} onClick={onClose} />
    </div>
  );
}
