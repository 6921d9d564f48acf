import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { BotsDocument, toApiFailure, type BotPartsFragment } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { WhoMay } from '../ui/no-permission.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { FrozenNote } from './billing/frozen-note.js';
import { BotForm } from './bot-form.js';
import { BotPreview } from './bot-preview.js';
import { BotCases } from './evaluation/bot-cases.js';
import { QuotedNote } from './quoted-note.js';

/** The bots: what each may do, on which channels, from which knowledge. */
export function BotsPage() {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [editing, setEditing] = useState<BotPartsFragment | 'new' | null>(null);
  const [tried, setTried] = useState<BotPartsFragment | null>(null);
  const [tested, setTested] = useState<string | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({ query: BotsDocument });
  if (editing) return <BotForm bot={editing === 'new' ? null : editing} onDone={() => setEditing(null)} />;
  const withCases = data?.bots.find(({ id }) => id === tested);
  if (withCases) return <BotCases bot={withCases} onDone={() => setTested(null)} />;
  if (tried) return <BotPreview bot={tried} onDone={() => setTried(null)} />;
  const create = (
    <Button tone="primary" icon="plus" onClick={() => setEditing('new')}>
      {t('bots.create')}
    </Button>
  );
  return (
    <>
      <h1>{t('settings.bots')}</h1>
      <p className="lead">{t('bots.lead')}</p>
      <QuotedNote />
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && data.bots.length === 0 && (
        <EmptyState
          icon="bot"
          title={t('bots.empty')}
          text={t('bots.emptyHint')}
          action={mayWrite ? create : <WhoMay />}
        />
      )}
      <ul className="cards">
        {data?.bots.map((bot) => (
          <li key={bot.id} className="card">
            <div className="card-head">
              <strong dir="auto">{bot.name}</strong>
              <span className="chip">{t(`aiMode.${bot.mode}`)}</span>
              {bot.frozen && <span className="chip warn">{t('channels.frozen')}</span>}
              {mayWrite && (
                <span className="button-row push-end">
                  <Button size="small" onClick={() => setTried(bot)}>
                    {t('botPreview.try')}
                  </Button>
                  <Button size="small" onClick={() => setTested(bot.id)}>
                    {t('cases.open')}
                  </Button>
                  <Button size="small" onClick={() => setEditing(bot)}>
                    {t('bots.edit')}
                  </Button>
                </span>
              )}
            </div>
            {bot.frozen && <FrozenNote what="bot" />}
            <p className="hint">
              {t('bots.on')} <bdi>{bot.channels.map((channel) => channel.name).join(', ') || t('bots.noChannels')}</bdi>{' '}
              · {t('bots.from')}{' '}
              <bdi>{bot.knowledge.map((source) => source.title).join(', ') || t('bots.allKnowledge')}</bdi>
            </p>
          </li>
        ))}
      </ul>
      {mayWrite && data?.bots.length !== 0 && create}
    </>
  );
}
