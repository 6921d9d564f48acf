import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link, useParams } from 'wouter';
import { ChannelDocument, toApiFailure, type ChannelQuery } from '../../api/documents.js';
import { ChannelBadge } from '../../inbox/channel-badge.js';
import { useWorkspace } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { fullDate, fullTime } from '../../ui/time.js';
import { DisconnectDialog, RenameDialog } from './channel-dialogs.js';
import { FrozenNote } from '../billing/frozen-note.js';
import { ChannelTrouble } from './channel-trouble.js';
import { LeadAds } from './lead-ads.js';
import { MailboxSettings } from './mailbox-settings.js';
import { RegisterNumber } from './register-number.js';
import { TokenUses } from './token-uses.js';
import { WaitingForFirst } from './waiting-for-first.js';
import { WebChatSettingsForm } from './web-chat-page.js';

type ShownChannel = NonNullable<ChannelQuery['channel']>;

/** One channel: how it fares and why, what it is, what its access was used for, and the way to end it. */
export function ChannelPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error, fetching }, reload] = useQuery({
    query: ChannelDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  return (
    <>
      <BackToChannels />
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && !data.channel && <EmptyState icon="plug" title={t('channel.gone')} text={t('channel.goneText')} />}
      {data?.channel && <Shown channel={data.channel} />}
    </>
  );
}

export function BackToChannels() {
  const { t } = useTranslation();
  return (
    <p>
      <Link href="/settings/channels" className="back-link">
        <Icon name="back" size={16} /> {t('settings.channels')}
      </Link>
    </p>
  );
}

function Shown({ channel }: { channel: ShownChannel }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [open, setOpen] = useState<'rename' | 'disconnect' | null>(null);
  const over = channel.status === 'DISCONNECTED';
  return (
    <>
      <div className="channel-head">
        <ChannelBadge kind={channel.kind} />
        <h1 dir="auto">{channel.name}</h1>
        <span className={`chip status-${channel.status.toLowerCase()}`}>{t(`channelStatus.${channel.status}`)}</span>
        {channel.frozen && <span className="chip warn">{t('channels.frozen')}</span>}
        {mayAdminister && !over && (
          <Button size="small" className="push-end" onClick={() => setOpen('rename')}>
            {t('channels.rename')}
          </Button>
        )}
      </div>
      {channel.frozen && <FrozenNote what="channel" />}
      <ChannelTrouble channel={channel} />
      {mayAdminister ? (
        <RegisterNumber channel={channel} otherwise={<WaitingForFirst channel={channel} />} />
      ) : (
        <WaitingForFirst channel={channel} />
      )}
      <Facts channel={channel} />
      {channel.webChat && !over && <WebChatSettingsForm channel={channel} webChat={channel.webChat} />}
      {mayAdminister && !over && channel.keepsSent !== null && (
        <MailboxSettings channel={channel} keepsSent={channel.keepsSent} />
      )}
      {channel.capabilities.leadAds && !over && <LeadAds channel={channel} />}
      {/* A chat has no access to anything: its secret is the site's own. */}
      {mayAdminister && !channel.webChat && <TokenUses channelId={channel.id} />}
      {mayAdminister && !over && (
        <section className="danger-zone">
          <h2>{t('channels.disconnect')}</h2>
          <p>
            {t(`disconnect.at.${channel.kind}`, { defaultValue: t('disconnect.atAny') })} {t('disconnect.historyStays')}
          </p>
          <Button tone="danger" onClick={() => setOpen('disconnect')}>
            {t('channels.disconnect')}
          </Button>
        </section>
      )}
      {open === 'rename' && <RenameDialog channel={channel} onClose={() => setOpen(null)} />}
      {open === 'disconnect' && <DisconnectDialog channel={channel} onClose={() => setOpen(null)} />}
    </>
  );
}

function Facts({ channel }: { channel: ShownChannel }) {
  const { t, i18n } = useTranslation();
  const { whatsApp, instagram, externalId } = channel;
  const facts: [string, string | null | undefined][] = [
    ['kind', t(`channelKind.${channel.kind}`, { defaultValue: channel.kind })],
    ['number', whatsApp?.displayPhone],
    ['verifiedName', whatsApp?.verifiedName],
    ['username', instagram?.username && `@${instagram.username}`],
    ['account', channel.webChat ? null : (externalId ?? t('channel.forgotten'))],
    ['since', fullDate(channel.connectedAt, i18n.language)],
    ['until', channel.tokenExpiresAt && fullTime(channel.tokenExpiresAt, i18n.language)],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{t(`channelFact.${name}`)}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
