import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RoutePrivacyRequestDocument } from '../api/documents.js';
import { useSession } from '../session/session.js';
import { useAsk } from '../ui/ask.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { SelectField, TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import type { InstanceDialogProps } from './answer-dialogs.js';
import { mayBeMeant } from './may-be-meant.js';

const another = 'another';

/** Gives a request to the workspace that it is about: one that may be meant, one of one's own, or any by its id. */
export function RouteDialog({ request, onClose }: InstanceDialogProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [, route] = useMutation(RoutePrivacyRequestDocument);
  const { ask, busy, failure, errorOf } = useAsk('workspaceId');
  const meant = mayBeMeant(request);
  const own = session.state === 'signed-in' ? session.viewer.memberships.map(({ workspace }) => workspace) : [];
  const others = own.filter(({ id }) => !meant.some((one) => one.id === id));
  const [chosen, setChosen] = useState(meant[0]?.id ?? others[0]?.id ?? another);
  return (
    <ConfirmForm
      title={t('instanceAction.route')}
      text={t('instanceRoute.text')}
      button={t('instanceRoute.button')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const workspaceId = chosen === another ? formWords(form)('workspaceId') : chosen;
        void ask(() => route({ id: request.id, workspaceId })).then((result) => {
          if (!result) return;
          notify(t('instanceRoute.done'));
          onClose();
        });
      }}
    >
      <SelectField
        label={t('instanceRoute.which')}
        value={chosen}
        dir="auto"
        onChange={(event) => setChosen(event.target.value)}
      >
        {meant.length > 0 && (
          <optgroup label={t('instanceRoute.meant')}>
            {meant.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
        {others.length > 0 && (
          <optgroup label={t('instanceRoute.own')}>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
        <option value={another}>{t('instanceRoute.another')}</option>
      </SelectField>
      {chosen === another && (
        <TextField
          label={t('instanceRoute.id')}
          hint={t('instanceRoute.idHint')}
          name="workspaceId"
          dir="ltr"
          autoComplete="off"
          required
          maxLength={64}
          error={errorOf('workspaceId')}
        />
      )}
    </ConfirmForm>
  );
}
