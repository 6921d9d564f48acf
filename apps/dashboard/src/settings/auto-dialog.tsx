import { useTranslation } from 'react-i18next';
import type { ApiFailure, BotInput } from '../api/documents.js';
import { CheckField } from '../ui/field.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { countWords } from '../ui/time.js';

interface Props {
  /** The bot as it would be. */
  input: BotInput;
  /** On which channels it would answer, by their names. */
  channels: readonly string[];
  failure: ApiFailure | null;
  busy: boolean;
  onYes: () => void;
  onClose: () => void;
}

const apart = (words: string) => `\u2068${words}\u2069`;

/** Before a bot answers customers by itself: whom, what it says of itself and when it gives way. Nobody switches that on by the way. */
export function AutoDialog({ input, channels, failure, busy, onYes, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { autoHours, disclosure, handoffKeywords, topics, minConfidence, maxRepliesPerConversation, dailyBudgetCents } =
    input;
  const number = (value: number) => countWords(value, i18n.language);
  const listed = (words: readonly string[]) => words.map(apart).join(', ');
  const rules: readonly (string | false)[] = [
    input.mode === 'AUTO' &&
      (channels.length === 0 ? t('autoDialog.nowhere') : t('autoDialog.where', { channels: listed(channels) })),
    input.leadMode === 'AUTO' && t('autoDialog.leads'),
    autoHours != null && autoHours !== 'ALWAYS' && t(`autoDialog.hours.${autoHours}`),
    t('autoDialog.who'),
    disclosure ? t('autoDialog.says', { words: apart(disclosure) }) : t('autoDialog.saysUsual'),
    t('autoDialog.handsOver', { times: number(maxRepliesPerConversation ?? 20) }),
    handoffKeywords != null && handoffKeywords.length > 0 && t('autoDialog.words', { words: listed(handoffKeywords) }),
    topics != null && topics.length > 0 && t('autoDialog.topics', { topics: listed(topics) }),
    minConfidence != null && minConfidence > 0 && t('autoDialog.sure', { percent: number(minConfidence * 100) }),
    dailyBudgetCents != null && t('autoDialog.budget', { amount: number(dailyBudgetCents / 100) }),
    t('autoDialog.stop'),
  ];
  return (
    <ConfirmForm
      title={t('autoDialog.title')}
      text={t('autoDialog.text')}
      button={t('autoDialog.button')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={onYes}
    >
      <ul>{rules.map((rule) => rule !== false && <li key={rule}>{rule}</li>)}</ul>
      <CheckField label={t('autoDialog.agree')} name="agree" required />
    </ConfirmForm>
  );
}
