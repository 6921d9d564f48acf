import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { SetRetentionDocument, type WorkspaceSettingsPartsFragment } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { TextField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { SettingsForm } from './settings-form.js';

const fields = ['conversationsDays', 'aiRunsDays', 'auditDays'] as const;
/** What may be kept for ever is kept so where nothing is written. */
const forEver = 'conversationsDays';

/** For how long the workspace keeps what: an owner says so, and what is older is removed. */
export function RetentionForm({ retention }: { retention: WorkspaceSettingsPartsFragment['retention'] }) {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const [, set] = useMutation(SetRetentionDocument);
  const { ask, busy, failure, errorOf } = useAsk(...fields);
  return (
    <section>
      <h2>{t('retention.title')}</h2>
      <p className="hint">{t('retention.lead')}</p>
      <SettingsForm
        mayChange={me?.role === 'OWNER'}
        busy={busy}
        failure={failure}
        onSave={(word) => {
          const days = (field: string) => (word(field) === '' ? null : Number(word(field)));
          const given = Object.fromEntries(fields.map((field) => [field, days(field)]));
          void ask(() => set(given)).then((result) => result && notify(t('action.saved')));
        }}
      >
        {fields.map((field) => (
          <TextField
            key={field}
            label={t(`retention.${field}`)}
            hint={field === forEver ? t('retention.forEver') : undefined}
            name={field}
            type="number"
            inputMode="numeric"
            min={field === 'auditDays' ? 30 : 1}
            max={3_653}
            required={field !== forEver}
            defaultValue={retention[field] ?? ''}
            error={errorOf(field)}
          />
        ))}
      </SettingsForm>
    </section>
  );
}
