import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { KnowledgeDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { WhoMay } from '../ui/no-permission.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { ToForm } from '../ui/to-form.js';
import { AddKnowledge } from './add-knowledge.js';
import { QuotedNote } from './quoted-note.js';
import { SourceCard } from './source-card.js';

/** What answers may be drawn from. */
export function KnowledgePage() {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const form = useRef<HTMLFormElement>(null);
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: KnowledgeDocument,
    variables: { first: 50, after },
    requestPolicy: 'cache-and-network',
  });
  const sources = data?.knowledge.nodes ?? [];
  const next = data?.knowledge.pageInfo;
  return (
    <>
      <h1>{t('settings.knowledge')}</h1>
      <p className="lead">{t('knowledge.lead')}</p>
      <QuotedNote />
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && sources.length === 0 && (
        <EmptyState
          icon="book"
          title={t('knowledge.empty')}
          text={t('knowledge.emptyHint')}
          action={mayWrite ? <ToForm label={t('knowledge.first')} form={form} /> : <WhoMay />}
        />
      )}
      <ul className="cards">
        {sources.map((source) => (
          <li key={source.id} className="card">
            <SourceCard source={source} />
          </li>
        ))}
      </ul>
      {next?.hasNextPage && (
        <Button busy={fetching} onClick={() => setAfter(next.endCursor)}>
          {t('action.more')}
        </Button>
      )}
      {mayWrite && <AddKnowledge form={form} />}
    </>
  );
}
