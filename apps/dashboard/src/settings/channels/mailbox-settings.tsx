import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { UpdateChannelDocument, type ChannelPartsFragment } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { CheckField } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';

/** What a mailbox keeps; the box is what the server says, and changes when it has said so. */
export function MailboxSettings({ channel, keepsSent }: { channel: ChannelPartsFragment; keepsSent: boolean }) {
  const { t } = useTranslation();
  const [, update] = useMutation(UpdateChannelDocument);
  const { ask, busy, failure } = useAsk();
  const hint = useId();
  return (
    <section>
      <h2>{t('mailbox.title')}</h2>
      {failure && <FailureNote failure={failure} />}
      <CheckField
        label={t('mailbox.keepsSent')}
        aria-describedby={hint}
        checked={keepsSent}
        aria-busy={busy}
        onChange={(event) => {
          const wanted = event.target.checked;
          void ask(() => update({ id: channel.id, keepsSent: wanted })).then(
            (result) => result && notify(t('action.saved')),
          );
        }}
      />
      <p className="hint" id={hint}>
        {t('mailbox.keepsSentHint')}
      </p>
    </section>
  );
}
