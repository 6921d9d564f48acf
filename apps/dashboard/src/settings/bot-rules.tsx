import { useTranslation } from 'react-i18next';
import type { BotInput, BotPartsFragment } from '../api/documents.js';
import { CheckField, TextArea, TextField } from '../ui/field.js';
import { centsOf, unitsOf } from './money.js';

/** The fields of the rules, by which the server refuses them. */
export const ruleFields = [
  ...(['topics', 'handoffKeywords', 'minConfidence'] as const),
  ...(['maxRepliesPerConversation', 'dailyBudgetCents'] as const),
];

const usualReplies = 20;
const listed = (text: string) =>
  text
    .split(/[\n,;]/u)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** What stands in the fields of the rules; what is empty has no bound, or stays where it cannot be without one. */
export function rulesOf(word: (field: string) => string): BotInput {
  const percent = Number(word('minConfidence'));
  const replies = word('maxRepliesPerConversation');
  const budget = centsOf(word('dailyBudgetCents'));
  return {
    topics: listed(word('topics')),
    handoffKeywords: listed(word('handoffKeywords')),
    minConfidence: Number.isFinite(percent) ? percent / 100 : null,
    quoteOnFailure: word('quoteOnFailure') === 'on',
    ...(replies !== '' && { maxRepliesPerConversation: Number(replies) }),
    ...(budget !== null && { dailyBudgetCents: Math.round(budget) }),
  };
}

/** What a bot may speak of, and where it gives way to a person. */
export function BotRules({
  bot,
  errorOf,
}: {
  bot: BotPartsFragment | null;
  errorOf: (field: string) => string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="picks">
      <legend>{t('botRules.title')}</legend>
      <TextArea
        label={t('botRules.topics')}
        hint={t('botRules.topicsHint')}
        name="topics"
        dir="auto"
        rows={2}
        defaultValue={bot?.topics.join('\n') ?? ''}
        error={errorOf('topics')}
      />
      <TextArea
        label={t('botRules.handoffKeywords')}
        hint={t('botRules.handoffHint')}
        name="handoffKeywords"
        dir="auto"
        rows={2}
        defaultValue={bot?.handoffKeywords.join('\n') ?? ''}
        error={errorOf('handoffKeywords')}
      />
      <TextField
        label={t('botRules.minConfidence')}
        hint={t('botRules.confidenceHint')}
        name="minConfidence"
        type="number"
        min={0}
        max={100}
        defaultValue={bot?.minConfidence == null ? '' : String(Math.round(bot.minConfidence * 100))}
        error={errorOf('minConfidence')}
      />
      <TextField
        label={t('botRules.maxRepliesPerConversation')}
        hint={t('botRules.repliesHint')}
        name="maxRepliesPerConversation"
        type="number"
        min={1}
        required
        defaultValue={String(bot?.maxRepliesPerConversation ?? usualReplies)}
        error={errorOf('maxRepliesPerConversation')}
      />
      <TextField
        label={t('botRules.dailyBudgetCents')}
        hint={t('botRules.budgetHint')}
        name="dailyBudgetCents"
        type="number"
        min={0}
        step="0.01"
        // Once there is one it can be raised, and not taken away.
        required={bot?.dailyBudgetCents != null}
        defaultValue={unitsOf(bot?.dailyBudgetCents ?? null)}
        error={errorOf('dailyBudgetCents')}
      />
      <CheckField
        label={t('botRules.quoteOnFailure')}
        name="quoteOnFailure"
        defaultChecked={bot?.quoteOnFailure ?? true}
      />
    </fieldset>
  );
}
