import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  DisconnectChannelDocument,
  UpdateChannelDocument,
  toApiFailure,
  type ChannelPartsFragment,
} from '../../api/documents.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField, TextField } from '../../ui/field.js';
import { FailureNote } from '../../ui/states.js';
import { connectPath } from './connect-path.js';

interface Props {
  channel: ChannelPartsFragment;
  onClose: () => void;
}

export function RenameDialog({ channel, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(channel.name);
  const [{ error, fetching }, update] = useMutation(UpdateChannelDocument);
  return (
    <Dialog title={t('channels.rename')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim())
            void update({ id: channel.id, name: name.trim() }).then((result) => result.error || onClose());
        }}
      >
        {error && <FailureNote failure={toApiFailure(error)} />}
        <TextField
          label={t('channels.name')}
          dir="auto"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" tone="primary" busy={fetching}>
          {t('action.save')}
        </Button>
      </form>
    </Dialog>
  );
}

/** Says what happens here and at the platform before it does; that the history goes too is a choice of its own. */
export function DisconnectDialog({ channel, onClose }: Props) {
  const { t } = useTranslation();
  const [deleteHistory, setDeleteHistory] = useState(false);
  const [{ error, fetching }, disconnect] = useMutation(DisconnectChannelDocument);
  const atThePlatform = t(`disconnect.at.${channel.kind}`, { defaultValue: t('disconnect.atAny') });
  return (
    <Dialog title={t('channels.disconnectTitle', { name: channel.name })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!fetching) void disconnect({ id: channel.id, deleteHistory }).then((result) => result.error || onClose());
        }}
      >
        <ul className="plain-list">
          <li>{t('disconnect.here')}</li>
          <li>{atThePlatform}</li>
          {connectPath(channel.kind) !== null && <li>{t('disconnect.later')}</li>}
        </ul>
        <CheckField
          label={t('disconnect.deleteHistory')}
          checked={deleteHistory}
          onChange={(event) => setDeleteHistory(event.target.checked)}
        />
        <p className="hint">{t(deleteHistory ? 'disconnect.historyGoes' : 'disconnect.historyStays')}</p>
        {error && <FailureNote failure={toApiFailure(error)} />}
        <div className="button-row">
          <Button type="submit" tone="danger" busy={fetching}>
            {t(deleteHistory ? 'disconnect.withHistory' : 'channels.disconnect')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
