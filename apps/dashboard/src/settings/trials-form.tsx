import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { UpdateAiSettingsDocument, type AiSettingsQuery } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { FailureNote } from '../ui/states.js';

/** How well a bot has to do before it may answer by itself, and whether it may be tried with what customers wrote. */
export function TrialsForm({ settings }: { settings: AiSettingsQuery['aiSettings'] }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [, update] = useMutation(UpdateAiSettingsDocument);
  const { ask, busy, failure, errorOf } = useAsk('autoNeedsPercent');
  return (
    <section>
      <h2>{t('trials.title')}</h2>
      <form
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          const word = formWords(event.currentTarget);
          const input = {
            // Nothing there: nothing is asked of a bot, which is what 0 says to the server.
            autoNeedsPercent: Number(word('autoNeedsPercent')),
            casesFromConversations: word('casesFromConversations') === 'on',
          };
          void ask(() => update({ input })).then((result) => result && notify(t('ai.saved')));
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <fieldset className="plain" disabled={!mayAdminister}>
          <TextField
            label={t('trials.autoNeedsPercent')}
            hint={t('trials.percentHint')}
            name="autoNeedsPercent"
            type="number"
            min={0}
            max={100}
            step={1}
            defaultValue={settings.autoNeedsPercent ?? ''}
            error={errorOf('autoNeedsPercent')}
          />
          <CheckField
            label={t('trials.casesFromConversations')}
            name="casesFromConversations"
            defaultChecked={settings.casesFromConversations}
            aria-describedby="cases-from-conversations"
          />
          <p className="hint" id="cases-from-conversations">
            {t('trials.casesHint')}
          </p>
          {mayAdminister && (
            <Button type="submit" busy={busy}>
              {t('trials.button')}
            </Button>
          )}
        </fieldset>
      </form>
    </section>
  );
}
