import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { AddLeadNoteDocument, LeadActivityDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { TextArea } from '../ui/field.js';
import { FailureNote, Loading } from '../ui/states.js';
import { LeadActivityItem } from './lead-activity-item.js';

const longestNote = 10_000;

/** What happened with a lead from the first touch on, the newest first; members add what they know. */
export function LeadTimeline({ leadId }: { leadId: string }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [pages, setPages] = useState<(string | null)[]>([null]);
  return (
    <section>
      <h3>{t('leads.timeline')}</h3>
      {mayWrite && <NoteForm leadId={leadId} />}
      {pages.map((after, index) => (
        <TimelinePage
          key={after ?? ''}
          leadId={leadId}
          after={after}
          onMore={index === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
        />
      ))}
    </section>
  );
}

function NoteForm({ leadId }: { leadId: string }) {
  const { t } = useTranslation();
  const [, add] = useMutation(AddLeadNoteDocument);
  const { ask, busy, failure, errorOf } = useAsk('text');
  const [text, setText] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim())
          void ask(() => add({ leadId, text: text.trim() })).then((result) => result?.data && setText(''));
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <TextArea
        label={t('leads.newNote')}
        dir="auto"
        rows={2}
        maxLength={longestNote}
        value={text}
        error={errorOf('text')}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="small" type="submit" busy={busy} disabled={!text.trim()}>
        {t('customer.addNote')}
      </Button>
    </form>
  );
}

interface PageProps {
  leadId: string;
  after: string | null;
  onMore: ((after: string) => void) | null;
}

/** A page by itself: what changes is read anew for it alone. */
function TimelinePage({ leadId, after, onMore }: PageProps) {
  const { t } = useTranslation();
  const [{ data, error }, reload] = useQuery({
    query: LeadActivityDocument,
    variables: { id: leadId, first: 20, after },
    requestPolicy: 'cache-and-network',
  });
  const page = data?.lead?.activity;
  if (!page && error)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!page) return <Loading />;
  const { endCursor, hasNextPage } = page.pageInfo;
  return (
    <>
      <ol className="lead-timeline" aria-label={t('leads.timeline')}>
        {page.nodes.map((activity) => (
          <LeadActivityItem key={activity.id} activity={activity} />
        ))}
      </ol>
      {onMore && hasNextPage && endCursor && (
        <Button size="small" onClick={() => onMore(endCursor)}>
          {t('action.more')}
        </Button>
      )}
    </>
  );
}
