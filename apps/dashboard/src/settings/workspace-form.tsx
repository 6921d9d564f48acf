import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { UpdateWorkspaceDocument, type WorkspaceSettingsPartsFragment } from '../api/documents.js';
import { languages } from '../i18n/index.js';
import { useSession } from '../session/session.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { SelectField, TextField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { SettingsForm } from './settings-form.js';

// Those that mails are written in.
const mailLanguages = { en: languages.en, tr: languages.tr };

/** Name, time zone and language. */
export function WorkspaceForm({ settings }: { settings: WorkspaceSettingsPartsFragment }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const { reload } = useSession();
  const [, update] = useMutation(UpdateWorkspaceDocument);
  const { ask, busy, failure, errorOf } = useAsk('name', 'timezone', 'locale');
  const zones = [...new Set(['UTC', settings.timezone, ...Intl.supportedValuesOf('timeZone')])];
  return (
    <SettingsForm
      mayChange={mayAdminister}
      busy={busy}
      failure={failure}
      tone="primary"
      onSave={(word) => {
        const input = { name: word('name'), timezone: word('timezone'), locale: word('locale') };
        void ask(() => update({ input })).then((result) => {
          if (!result) return;
          // The list of one's workspaces names it too.
          reload();
          notify(t('action.saved'));
        });
      }}
    >
      <TextField
        label={t('account.workspaceName')}
        name="name"
        dir="auto"
        required
        defaultValue={settings.name}
        error={errorOf('name')}
      />
      <SelectField
        label={t('workspace.timezone')}
        hint={t('workspace.timezoneHint')}
        name="timezone"
        defaultValue={settings.timezone}
        error={errorOf('timezone')}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('workspace.locale')}
        hint={t('workspace.localeHint')}
        name="locale"
        defaultValue={settings.locale}
        error={errorOf('locale')}
      >
        {Object.entries({ [settings.locale]: settings.locale, ...mailLanguages }).map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
    </SettingsForm>
  );
}
