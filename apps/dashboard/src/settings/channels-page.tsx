import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import {
  ChannelsDocument,
  DisconnectChannelDocument,
  UpdateChannelDocument,
  toApiFailure,
  type ChannelPartsFragment,
} from '../api/documents.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import { connectKinds } from './connect-forms.js';
import { useInstance } from './instance.js';
import { SandboxLink } from './sandbox-link.js';

/** Every connected account, how it fares, and the way to connect another. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const { sandboxUrl } = useInstance();
  const [{ data, error, fetching }, reload] = useQuery({ query: ChannelsDocument });
  return (
    <>
      <h1>{t('settings.channels')}</h1>
      <p className="lead">{t('channels.lead')}</p>
      {sandboxUrl && (
        <div className="callout">
          <p>{t('sandbox.text')}</p>
          <SandboxLink />
        </div>
      )}
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && data.channels.length > 0 && (
        <ul className="cards">
          {data.channels.map((channel) => (
            <li key={channel.id} className="card">
              <OneChannel channel={channel} />
            </li>
          ))}
        </ul>
      )}
      {mayAdminister ? (
        <section>
          <h2>{t('channels.connect')}</h2>
          <div className="connect-choices">
            {connectKinds.map((kind) => (
              <Link key={kind} href={`/settings/channels/connect/${kind}`} className="connect-choice">
                <ChannelBadge kind={kind.toUpperCase()} />
                <strong>{t(`connect.${kind}.title`)}</strong>
                <span className="hint">{t(`connect.${kind}.short`)}</span>
              </Link>
            ))}
          </div>
        </section>
      ) : (
        <p className="hint">{t('channels.adminsOnly')}</p>
      )}
    </>
  );
}

function OneChannel({ channel }: { channel: ChannelPartsFragment }) {
  const { t, i18n } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [open, setOpen] = useState<'rename' | 'disconnect' | null>(null);
  const facts = [
    channel.whatsApp &&
      `${channel.whatsApp.displayPhone}${channel.whatsApp.verifiedName ? ` · ${channel.whatsApp.verifiedName}` : ''}`,
    channel.instagram?.username && `@${channel.instagram.username}`,
    channel.externalId,
    channel.lastInboundAt
      ? t('channels.lastInbound', { time: fullTime(channel.lastInboundAt, i18n.language) })
      : t('channels.waiting'),
    channel.tokenExpiresAt && t('channels.tokenExpires', { time: fullTime(channel.tokenExpiresAt, i18n.language) }),
  ].filter(Boolean);
  return (
    <>
      <div className="card-head">
        <ChannelBadge kind={channel.kind} />
        <strong dir="auto">{channel.name}</strong>
        <span className={`chip status-${channel.status.toLowerCase()}`}>{t(`channelStatus.${channel.status}`)}</span>
        {channel.frozen && <span className="chip warn">{t('channels.frozen')}</span>}
      </div>
      <p className="hint">{facts.join(' · ')}</p>
      {channel.lastError && (
        <p className="field-error" dir="auto">
          {channel.lastError}
        </p>
      )}
      {mayAdminister && channel.status !== 'DISCONNECTED' && (
        <div className="button-row">
          <Button size="small" onClick={() => setOpen('rename')}>
            {t('channels.rename')}
          </Button>
          <Button size="small" tone="danger" onClick={() => setOpen('disconnect')}>
            {t('channels.disconnect')}
          </Button>
        </div>
      )}
      {open === 'rename' && <RenameDialog channel={channel} onClose={() => setOpen(null)} />}
      {open === 'disconnect' && <DisconnectDialog channel={channel} onClose={() => setOpen(null)} />}
    </>
  );
}

function RenameDialog({ channel, onClose }: { channel: ChannelPartsFragment; onClose: () => void }) {
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

function DisconnectDialog({ channel, onClose }: { channel: ChannelPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const [{ error, fetching }, disconnect] = useMutation(DisconnectChannelDocument);
  return (
    <Dialog title={t('channels.disconnectTitle', { name: channel.name })} onClose={onClose}>
      <p>{t('channels.disconnectText')}</p>
      {error && <FailureNote failure={toApiFailure(error)} />}
      <div className="button-row">
        <Button
          tone="danger"
          busy={fetching}
          onClick={() => void disconnect({ id: channel.id }).then((result) => result.error || onClose())}
        >
          {t('channels.disconnect')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  );
}
