import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { UpdateAiSettingsDocument, type AiSettingsQuery } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { FailureNote } from '../ui/states.js';
import { regionOf } from '../ui/time.js';
import { centsOf, unitsOf } from './money.js';

const prices = ['promptCentsPerMillion', 'completionCentsPerMillion', 'embeddingCentsPerMillion'] as const;

/** What models may cost in a month, what they cost so far, and at which prices that is counted. */
export function BudgetForm({ settings }: { settings: AiSettingsQuery['aiSettings'] }) {
  const { t, i18n } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [, update] = useMutation(UpdateAiSettingsDocument);
  const { ask, busy, failure, errorOf } = useAsk('monthlyBudgetCents', ...prices);
  const money = new Intl.NumberFormat(regionOf(i18n.language), { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return (
    <section>
      <h2>{t('budget.title')}</h2>
      <p>{t('budget.spent', { amount: money.format(settings.spentCents / 100) })}</p>
      {settings.assumedCents > 0 && <p>{t('budget.assumed', { amount: money.format(settings.assumedCents / 100) })}</p>}
      {settings.budgetUsedUp && (
        <div className="callout">
          <p>{t('budget.usedUp')}</p>
        </div>
      )}
      <form
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          const word = formWords(event.currentTarget);
          const budget = centsOf(word('monthlyBudgetCents'));
          const input = {
            ...(budget !== null && { monthlyBudgetCents: Math.round(budget) }),
            // Nothing there: the price is taken away.
            ...Object.fromEntries(prices.map((price) => [price, centsOf(word(price)) ?? 0])),
          };
          void ask(() => update({ input })).then((result) => result && notify(t('ai.saved')));
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <fieldset className="plain" disabled={!mayAdminister}>
          <TextField
            label={t('budget.month')}
            hint={t('budget.monthHint')}
            name="monthlyBudgetCents"
            type="number"
            min={0}
            step="0.01"
            // Once there is one it can be raised, and not taken away.
            required={settings.monthlyBudgetCents !== null}
            defaultValue={unitsOf(settings.monthlyBudgetCents)}
            error={errorOf('monthlyBudgetCents')}
          />
          {prices.map((price) => (
            <TextField
              key={price}
              label={t(`budget.${price}`)}
              hint={t('budget.priceHint')}
              name={price}
              type="number"
              min={0}
              step="any"
              defaultValue={unitsOf(settings[price])}
              error={errorOf(price)}
            />
          ))}
          {mayAdminister && (
            <Button type="submit" busy={busy}>
              {t('budget.button')}
            </Button>
          )}
        </fieldset>
      </form>
    </section>
  );
}
