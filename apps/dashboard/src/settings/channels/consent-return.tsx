import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import {
  ChannelAuthorizationDocument,
  CompleteChannelAuthorizationDocument,
  toApiFailure,
  type AuthorizationPartsFragment,
  type ChannelPartsFragment,
} from '../../api/documents.js';
import { ChannelBadge } from '../../inbox/channel-badge.js';
import { Button } from '../../ui/button.js';
import { CheckField } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { PermissionList } from './permission-list.js';
import { PolicyNote } from './policy-note.js';
import { inReadersWords, refusalWords } from './refusal-words.js';
import { RegisterNumber } from './register-number.js';
import { tellReturn } from './return-notice.js';
import { WaitingForFirst } from './waiting-for-first.js';

const againMilliseconds = 2_000;

/** The person is back from a consent page: what they granted, and which of it is to be connected. */
export function ConsentReturn({ state, chosen }: { state: string; chosen: string | null }) {
  const { t } = useTranslation();
  const [elsewhere, setElsewhere] = useState(false);
  const [connected, setConnected] = useState<readonly ChannelPartsFragment[] | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: ChannelAuthorizationDocument,
    variables: { state },
    requestPolicy: 'network-only',
    pause: connected !== null,
  });
  const authorization = data?.channelAuthorization;
  const asking =
    authorization && !authorization.completed && !authorization.error && authorization.options.length === 0;
  useEffect(
    () =>
      tellReturn(state, () => {
        setElsewhere(true);
        window.close();
      }),
    [state],
  );
  useEffect(() => {
    if (!asking) return;
    const timer = setTimeout(() => reload({ requestPolicy: 'network-only' }), againMilliseconds);
    return () => clearTimeout(timer);
  }, [asking, data, reload]);
  if (connected) return <Connected channels={connected} />;
  if (elsewhere) return <EmptyState icon="check" title={t('consent.elsewhere')} text={t('consent.elsewhereText')} />;
  return (
    <>
      <h1>{t('consent.title')}</h1>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {((fetching && !data) || asking) && <Loading />}
      {data && !authorization && <Over title={t('consent.unknown')} text={t('consent.unknownText')} />}
      {authorization?.completed && <Over title={t('consent.completed')} text={t('consent.completedText')} />}
      {authorization?.error && <Refused authorization={authorization} />}
      {authorization && authorization.options.length > 0 && (
        <Choice authorization={authorization} chosen={chosen} onConnected={setConnected} />
      )}
    </>
  );
}

function Over({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation();
  const toChannels = (
    <Link href="/settings/channels" className="button primary medium">
      {t('settings.channels')}
    </Link>
  );
  return <EmptyState icon="plug" title={title} text={text} action={toChannels} />;
}

function Refused({ authorization }: { authorization: AuthorizationPartsFragment }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="failure-note" role="alert">
        <Icon name="alert" />
        <div>
          <p>
            <strong>{t('consent.nothing')}</strong>
          </p>
          <p dir="auto">{refusalWords(authorization.errorCode, authorization.error ?? '', t)}</p>
        </div>
      </div>
      {authorization.permissions.some(({ granted }) => granted) && (
        <PermissionList permissions={authorization.permissions} answered />
      )}
      <div className="button-row">
        <Link href="/settings/channels" className="button primary medium">
          {t('consent.again')}
        </Link>
      </div>
    </>
  );
}

interface ChoiceProps {
  authorization: AuthorizationPartsFragment;
  chosen: string | null;
  onConnected: (channels: readonly ChannelPartsFragment[]) => void;
}

function Choice({ authorization: { state, options, permissions }, chosen, onConnected }: ChoiceProps) {
  const { t } = useTranslation();
  const [{ error, fetching }, complete] = useMutation(CompleteChannelAuthorizationDocument);
  // Granted is not connected: what is connected, somebody ticks. The window's word, or an only option, is ticked for them.
  const [picked, setPicked] = useState<readonly string[]>(() =>
    options
      .filter(({ externalId }) => options.length === 1 || externalId === chosen)
      .map(({ externalId }) => externalId),
  );
  const refused = permissions.filter(({ granted }) => !granted);
  return (
    <form
      className="narrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (picked.length === 0 || fetching) return;
        void complete({ state, externalIds: [...picked] }).then(
          (result) => result.data && onConnected(result.data.completeChannelAuthorization),
        );
      }}
    >
      {error && <FailureNote failure={inReadersWords(toApiFailure(error), t)} />}
      <fieldset className="picks">
        <legend>{t('consent.which')}</legend>
        {options.map(({ kind, externalId, name, alreadyConnected }) => (
          <CheckField
            key={externalId}
            label={
              <span className="option">
                <ChannelBadge kind={kind} /> <bdi>{name}</bdi> <span className="hint">{externalId}</span>
                {alreadyConnected && <span className="chip status-connected">{t('consent.already')}</span>}
              </span>
            }
            checked={picked.includes(externalId)}
            onChange={(event) =>
              setPicked(event.target.checked ? [...picked, externalId] : picked.filter((id) => id !== externalId))
            }
          />
        ))}
        {options.some(({ alreadyConnected }) => alreadyConnected) && <p className="hint">{t('consent.alreadyText')}</p>}
      </fieldset>
      {refused.length > 0 && (
        <details>
          <summary>{t('consent.partly', { count: refused.length })}</summary>
          <PermissionList permissions={permissions} answered />
        </details>
      )}
      <PolicyNote />
      <div className="button-row">
        <Button type="submit" tone="primary" busy={fetching} disabled={picked.length === 0}>
          {t('consent.connect', { count: picked.length })}
        </Button>
        <Link href="/settings/channels" className="button plain medium">
          {t('consent.none')}
        </Link>
      </div>
    </form>
  );
}

function Connected({ channels }: { channels: readonly ChannelPartsFragment[] }) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <>
      <h1 ref={title} tabIndex={-1}>
        {t('consent.done', { count: channels.length })}
      </h1>
      <ul className="cards">
        {channels.map((channel) => (
          <li key={channel.id} className="card">
            <div className="card-head">
              <ChannelBadge kind={channel.kind} />
              <Link href={`/settings/channels/${channel.id}`}>
                <bdi>{channel.name}</bdi>
              </Link>
            </div>
            <RegisterNumber channel={channel} otherwise={<WaitingForFirst channel={channel} />} />
          </li>
        ))}
      </ul>
      <div className="button-row">
        <Link href="/inbox/open" className="button primary medium">
          {t('connect.toInbox')}
        </Link>
        <Link href="/settings/channels" className="button plain medium">
          {t('settings.channels')}
        </Link>
      </div>
    </>
  );
}
