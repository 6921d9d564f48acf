import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { UpdateWorkspaceDocument, type WorkspaceSettingsPartsFragment } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { TextArea, TextField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { SettingsForm } from './settings-form.js';

const fields = ['legalName', 'privacyEmail', 'address', 'noticeUrl', 'website'] as const;

/** Who the people that write are dealing with: shown to them on the help page, and linked from the widget and in mails. */
export function ControllerForm({ controller }: { controller: WorkspaceSettingsPartsFragment['controller'] }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [, update] = useMutation(UpdateWorkspaceDocument);
  const { ask, busy, failure, errorOf } = useAsk(...fields);
  return (
    <section>
      <h2>{t('controller.title')}</h2>
      <p className="hint">{t('controller.lead')}</p>
      <SettingsForm
        mayChange={mayAdminister}
        busy={busy}
        failure={failure}
        onSave={(word) => {
          const given = Object.fromEntries(fields.map((field) => [field, word(field)]));
          void ask(() => update({ input: { controller: given } })).then(
            (result) => result && notify(t('action.saved')),
          );
        }}
      >
        {fields.map((field) =>
          field === 'address' ? (
            <TextArea
              key={field}
              label={t(`controller.${field}`)}
              name={field}
              rows={3}
              dir="auto"
              defaultValue={controller[field] ?? ''}
              error={errorOf(field)}
            />
          ) : (
            <TextField
              key={field}
              label={t(`controller.${field}`)}
              name={field}
              type={field === 'privacyEmail' ? 'email' : field === 'legalName' ? 'text' : 'url'}
              placeholder={field === 'noticeUrl' || field === 'website' ? 'https://' : undefined}
              dir={field === 'legalName' ? 'auto' : undefined}
              defaultValue={controller[field] ?? ''}
              error={errorOf(field)}
            />
          ),
        )}
      </SettingsForm>
    </section>
  );
}
