import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DiscardDraftDocument, StopDraftDocument } from '../api/documents.js';
import { isQuoted } from '../settings/model-writes.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { Icon } from '../ui/icon.js';
import { FailureNote } from '../ui/states.js';
import { DraftChanges } from './draft-changes.js';
import { InternalWarning, NoAnswer } from './draft-notes.js';
import { DraftRecord } from './draft-record.js';
import { useDraftText } from './draft-stream.js';
import { makingWords, runErrorWords } from './draft-words.js';
import { useDraftWork, useKeepFocus } from './draft-work.js';
import type { useDraftReply } from './use-draft-reply.js';
import type { OpenConversation } from './thread.js';

type Draft = NonNullable<OpenConversation['draft']>;

interface Props {
  conversationId: string;
  draft: Draft;
  /** Otherwise at the most who holds the conversation, where a person does. */
  shown: boolean;
  held: boolean;
  asking: boolean;
  reply: ReturnType<typeof useDraftReply>['reply'];
  /** Whether the channel takes a reply now. */
  sendable: boolean;
  onInsert: (text: string) => void;
  onSend: (text: string) => void;
  showSources: (text: string) => ReactNode;
  children: ReactNode;
}

/** The proposed reply with where it comes from. Nothing in it leaves by itself: a person inserts, sends or discards it. */
export function DraftPanel({
  conversationId,
  draft,
  shown,
  held,
  asking,
  reply,
  sendable,
  onInsert,
  onSend,
  showSources,
  children,
}: Props) {
  const { t, i18n } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  const { run, failure, refused, change, again } = useDraftWork(conversationId, draft, reply);
  useKeepFocus(panel, draft, shown);
  const writing = draft.status === 'GENERATING';
  const ready = draft.status === 'PROPOSED';
  const coming = useDraftText(draft.id, writing);
  /** Null: it is not being edited here. */
  const [edited, setEdited] = useState<string | null>(null);
  /** What waits for the answer to "it rests on what is for the team alone". */
  const [warned, setWarned] = useState<'insert' | 'send' | null>(null);
  useEffect(() => {
    setEdited(null);
    setWarned(null);
  }, [draft.id]);

  const text = edited ?? draft.text;
  const insert = () => onInsert(text);
  const sendNow = () => onSend(text.trim());
  const internal = draft.sources.filter((source) => source.internal);
  const askFirst = (what: 'insert' | 'send', go: () => void) => (internal.length > 0 ? setWarned(what) : go());
  if (!shown) return held ? children : null;
  return (
    <section ref={panel} className="draft-panel" aria-label={t('suggestion.title')} aria-busy={writing} tabIndex={-1}>
      <header>
        <Icon name="spark" size={16} />
        <strong>{t('suggestion.title')}</strong>
        {ready && <span className="hint">{makingWords(draft, t, i18n.language)}</span>}
        <DraftRecord conversationId={conversationId} runId={draft.run?.id ?? null} />
      </header>
      {/* One sentence for each turn of events; the words themselves are read by who wants to. */}
      <p className={writing ? 'hint' : 'visually-hidden'} role="status">
        {t(
          writing
            ? coming === ''
              ? 'suggestion.looking'
              : 'suggestion.writing'
            : ready
              ? 'suggestion.ready'
              : 'suggestion.none',
        )}
      </p>
      {refused && <ChangeRefused why={runErrorWords(refused, t)} />}
      {failure && <FailureNote failure={failure} />}
      {writing && coming !== '' && (
        <div className="draft-text coming">
          <CustomerText text={coming} />
        </div>
      )}
      {draft.status === 'FAILED' && <NoAnswer draft={draft} />}
      {ready && edited === null && (
        <div className="draft-text">
          <CustomerText text={draft.text} />
        </div>
      )}
      {ready && edited !== null && (
        <textarea
          className="draft-edit"
          dir="auto"
          rows={4}
          value={edited}
          aria-label={t('suggestion.editLabel')}
          autoFocus
          onChange={(event) => setEdited(event.target.value)}
          onKeyDown={(event) => {
            // What is typed here is no shortcut, and Escape leaves the field alone.
            event.stopPropagation();
            if (event.key === 'Escape') panel.current?.focus();
          }}
        />
      )}
      {ready && (draft.sources.length > 0 ? showSources(text) : <p className="hint">{t('suggestion.noSources')}</p>)}
      {ready && warned !== null && (
        <InternalWarning
          sources={internal}
          action={t(warned === 'insert' ? 'suggestion.insertAnyway' : 'suggestion.sendAnyway')}
          onGo={warned === 'insert' ? insert : sendNow}
          onStay={() => setWarned(null)}
        />
      )}
      <div className="button-row">
        {writing && (
          <Button size="small" icon="close" onClick={() => run(StopDraftDocument)}>
            {t('suggestion.stop')}
          </Button>
        )}
        {ready && (
          <>
            <Button size="small" tone="primary" icon="edit" onClick={() => askFirst('insert', insert)}>
              {t('suggestion.insert')}
            </Button>
            <Button
              size="small"
              icon="send"
              disabled={!sendable || text.trim() === ''}
              onClick={() => askFirst('send', sendNow)}
            >
              {t(edited === null || edited === draft.text ? 'suggestion.send' : 'suggestion.sendEdited')}
            </Button>
            <Button size="small" tone="quiet" onClick={() => setEdited(edited === null ? draft.text : null)}>
              {t(edited === null ? 'suggestion.edit' : 'suggestion.undoEdit')}
            </Button>
          </>
        )}
        {ready && edited === null && !isQuoted(draft.run) && <DraftChanges busy={asking} onChange={change} />}
        {!writing && (
          <Button size="small" tone="quiet" busy={asking} icon="spark" onClick={again}>
            {t('suggestion.another')}
          </Button>
        )}
        <Button size="small" tone="quiet" onClick={() => run(DiscardDraftDocument)}>
          {t('suggestion.discard')}
        </Button>
      </div>
      {children}
    </section>
  );
}

function ChangeRefused({ why }: { why: string | null }) {
  const { t } = useTranslation();
  return (
    <div className="draft-warning" role="alert">
      <p>
        <strong>{t('suggestion.changeRefused')}</strong>
      </p>
      {why && (
        <p className="hint" dir="auto">
          {why}
        </p>
      )}
    </div>
  );
}
