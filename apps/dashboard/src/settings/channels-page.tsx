import { Fragment, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link, useSearchParams } from 'wouter';
import { ChannelsDocument, toApiFailure, type ChannelPartsFragment } from '../api/documents.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { WhoMay } from '../ui/no-permission.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import { ConsentReturn } from './channels/consent-return.js';
import { troubleWords } from './channels/trouble-words.js';
import { connectKinds } from './connect-forms.js';
import { useInstance } from './instance.js';
import { FrozenNote } from './billing/frozen-note.js';
import { SandboxLink } from './sandbox-link.js';

/** The channels; or, for whoever comes back from a platform's consent page, what they granted there. */
export function ChannelsPage() {
  const [query] = useSearchParams();
  const state = query.get('authorization');
  return state === null ? <Channels /> : <ConsentReturn key={state} state={state} chosen={query.get('chosen')} />;
}

/** Every connected account, how it fares, and the way to connect another. */
function Channels() {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const { sandboxUrl } = useInstance();
  const choices = useRef<HTMLDivElement>(null);
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
      {data?.channels.length === 0 && (
        <EmptyState
          icon="plug"
          title={t('empty.noChannel')}
          text={t('empty.noChannelHint')}
          action={
            mayAdminister ? (
              <Button tone="primary" onClick={() => choices.current?.querySelector('a')?.focus()}>
                {t('channels.connect')}
              </Button>
            ) : (
              <WhoMay />
            )
          }
        />
      )}
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
          <div className="connect-choices" ref={choices}>
            {connectKinds.map((kind) => (
              <Link key={kind} href={`/settings/channels/connect/${kind}`} className="connect-choice">
                <ChannelBadge kind={kind.toUpperCase()} />
                <strong>{t(`connect.${kind}.title`)}</strong>
                <span className="hint">{t(`connect.${kind}.short`)}</span>
              </Link>
            ))}
            <Link href="/settings/channels/connect/web-chat" className="connect-choice">
              <ChannelBadge kind="WEB_CHAT" />
              <strong>{t('webChat.title')}</strong>
              <span className="hint">{t('webChat.short')}</span>
            </Link>
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
  const cause = troubleWords(channel, t);
  const facts = [
    channel.whatsApp &&
      `${channel.whatsApp.displayPhone}${channel.whatsApp.verifiedName ? ` · ${channel.whatsApp.verifiedName}` : ''}`,
    channel.instagram?.username && `@${channel.instagram.username}`,
    channel.externalId,
    channel.lastInboundAt
      ? t('channels.lastInbound', { time: fullTime(channel.lastInboundAt, i18n.language) })
      : channel.status === 'CONNECTED' && t('channels.waiting'),
    channel.tokenExpiresAt && t('channels.tokenExpires', { time: fullTime(channel.tokenExpiresAt, i18n.language) }),
  ].filter(Boolean);
  return (
    <>
      <div className="card-head">
        <ChannelBadge kind={channel.kind} />
        <Link href={`/settings/channels/${channel.id}`} className="card-name">
          <bdi>{channel.name}</bdi>
        </Link>
        <span className={`chip status-${channel.status.toLowerCase()}`}>{t(`channelStatus.${channel.status}`)}</span>
        {channel.frozen && <span className="chip warn">{t('channels.frozen')}</span>}
      </div>
      <p className="hint">
        {facts.map((fact, index) => (
          <Fragment key={index}>
            {index > 0 && ' · '}
            <bdi>{fact}</bdi>
          </Fragment>
        ))}
      </p>
      {channel.frozen && <FrozenNote what="channel" />}
      {cause !== null && (
        <p className="field-error" dir="auto">
          {cause}
        </p>
      )}
    </>
  );
}
