import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { EvaluateBotDocument, type BotPartsFragment, type EvaluationSetPartsFragment } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { SelectField, TextArea } from '../../ui/field.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';

interface Props {
  bot: BotPartsFragment;
  sets: readonly EvaluationSetPartsFragment[];
  onStarted: () => void;
  onChange: (setId: string) => void;
}

/** Starts a run: with which cases, and with which words in place of the bot's own. */
export function RunForm({ bot, sets, onStarted, onChange }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(sets[0]?.id ?? '');
  const [, evaluate] = useMutation(EvaluateBotDocument);
  const { ask, busy, failure, errorOf } = useAsk('cases', 'instructions', 'setId');
  return (
    <form
      className="narrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        const other = formWords(event.currentTarget)('instructions');
        const instructions = other === bot.instructions.trim() ? null : other;
        void ask(() => evaluate({ botId: bot.id, setId: chosen, instructions })).then((result) => {
          if (!result) return;
          notify(t('cases.started'));
          onStarted();
        });
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <SelectField
        label={t('cases.set')}
        dir="auto"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        error={errorOf('setId') ?? errorOf('cases')}
      >
        {sets.map(({ id, name, cases }) => (
          <option key={id} value={id}>
            {name} ({cases.length})
          </option>
        ))}
      </SelectField>
      <TextArea
        label={t('cases.instructions')}
        hint={t('cases.instructionsHint')}
        name="instructions"
        dir="auto"
        rows={3}
        maxLength={4_000}
        defaultValue={bot.instructions}
        error={errorOf('instructions')}
      />
      <div className="button-row">
        <Button type="submit" tone="primary" busy={busy}>
          {t('cases.run')}
        </Button>
        <Button onClick={() => onChange(chosen)}>{t('cases.changeSet')}</Button>
      </div>
    </form>
  );
}
