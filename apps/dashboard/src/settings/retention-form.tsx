import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMutation } from 'urql';
import {
  PreviewRetentionDocument,
  SetRetentionDocument,
  toApiFailure,
  type PreviewRetentionQuery,
  type WorkspaceSettingsPartsFragment,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { TextField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { ConfirmShorter } from './confirm-shorter.js';
import { isShorter, retentionFields, type RetentionDays } from './retention-days.js';
import { SettingsForm } from './settings-form.js';

/** What may be kept for ever is kept so where nothing is written. */
const forEver = 'conversationsDays';

interface Shorter {
  readonly days: RetentionDays;
  readonly rows: PreviewRetentionQuery['previewRetention'] | null;
}

/** For how long the workspace keeps what: an owner says so, sees what would go, and what is older is removed. */
export function RetentionForm({ retention }: { retention: WorkspaceSettingsPartsFragment['retention'] }) {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const client = useClient();
  const [, set] = useMutation(SetRetentionDocument);
  const { ask, busy, failure, errorOf } = useAsk(...retentionFields);
  const [shorter, setShorter] = useState<Shorter | null>(null);
  const [saved, setSaved] = useState<RetentionDays>(retention);
  const save = async (days: RetentionDays) => {
    if (!(await ask(() => set(days)))) return;
    setSaved(days);
    setShorter(null);
    notify(t('action.saved'));
  };
  const lookAhead = async (days: RetentionDays) => {
    const looked = await ask(async () => {
      const asked = client.query(PreviewRetentionDocument, days, { requestPolicy: 'network-only' });
      const { data, error } = await asked.toPromise();
      // Days that make no sense are refused at their field. What could not be counted keeps nobody from saving.
      if (error && toApiFailure(error).field !== null) return { rows: null, error };
      return { rows: data?.previewRetention ?? null };
    });
    if (looked) setShorter({ days, rows: looked.rows });
  };
  return (
    <section>
      <h2>{t('retention.title')}</h2>
      <p className="hint">{t('retention.lead')}</p>
      <SettingsForm
        mayChange={me?.role === 'OWNER'}
        busy={busy}
        failure={failure}
        onSave={(word) => {
          const written = (field: string) => (word(field) === '' ? null : Number(word(field)));
          const days = Object.fromEntries(retentionFields.map((field) => [field, written(field)])) as RetentionDays;
          void (isShorter(saved, days) ? lookAhead(days) : save(days));
        }}
      >
        {retentionFields.map((field) => (
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
      {shorter && (
        <ConfirmShorter
          rows={shorter.rows}
          failure={failure}
          busy={busy}
          onClose={() => setShorter(null)}
          onSave={() => void save(shorter.days)}
        />
      )}
    </section>
  );
}
