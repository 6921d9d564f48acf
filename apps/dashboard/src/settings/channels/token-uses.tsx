import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { TokenUsesDocument, toApiFailure } from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { fullTime } from '../../ui/time.js';
import { causeWords } from './cause-words.js';

const pageSize = 20;

/** Each time the channel's token was opened: when, what for, to which host, and what caused it. */
export function TokenUses({ channelId }: { channelId: string }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: TokenUsesDocument,
    variables: { channelId, first: pageSize, after },
    requestPolicy: 'cache-and-network',
  });
  const uses = data?.tokenUses;
  return (
    <section>
      <h2>{t('tokenUses.title')}</h2>
      <p className="hint">{t('tokenUses.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {uses?.nodes.length === 0 && (
        <EmptyState
          icon="key"
          title={t('tokenUses.none')}
          action={<Button onClick={() => reload({ requestPolicy: 'network-only' })}>{t('action.tryAgain')}</Button>}
        />
      )}
      {uses && uses.nodes.length > 0 && (
        <div className="table-frame" role="region" aria-label={t('tokenUses.title')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('tokenUses.when')}</th>
                <th scope="col">{t('tokenUses.purpose')}</th>
                <th scope="col">{t('tokenUses.cause')}</th>
                <th scope="col">{t('tokenUses.host')}</th>
              </tr>
            </thead>
            <tbody>
              {uses.nodes.map(({ id, at, purpose, cause, host }) => {
                const { words, id: traced } = causeWords(cause, t, workspace.members);
                return (
                  <tr key={id}>
                    <td>{fullTime(at, i18n.language)}</td>
                    <td>{t(`tokenPurpose.${purpose}`)}</td>
                    <td>
                      <bdi>{words}</bdi>
                      {traced && <code className="traced">{traced}</code>}
                    </td>
                    <td>
                      <code>{host}</code>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {uses?.pageInfo.hasNextPage && (
        <Button busy={fetching} onClick={() => setAfter(uses.pageInfo.endCursor ?? null)}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}
