import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DiscardDraftDocument, DraftReplyDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { isQuoted } from '../settings/model-writes.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { failureSentence } from '../ui/failure-words.js';
import { Icon } from '../ui/icon.js';
import { notify } from '../ui/notices.js';
import { useShortcuts } from '../ui/shortcuts.js';
import { putInComposer } from './composer-events.js';
import { mayReply } from './may-reply.js';
import { Sources } from './sources.js';
import { useSend } from './send.js';
import type { OpenConversation } from './thread.js';

/** Asks for a draft; a draft that came by itself is not asked for twice. */
export function useDraftReply(conversationId: string) {
  const { t } = useTranslation();
  const [{ fetching }, draftReply] = useMutation(DraftReplyDocument);
  const ask = () =>
    void draftReply({ conversationId, instruction: null }).then(
      ({ error }) => error && notify(failureSentence(toApiFailure(error), t), 'error'),
    );
  return { asking: fetching, ask };
}

/** The proposed reply with where it comes from. Nothing in it leaves by itself: a person inserts, sends or discards it. */
export function DraftPanel({ conversation }: { conversation: OpenConversation }) {
  const { t } = useTranslation();
  const { texts } = useWorkspace();
  const { draft } = conversation;
  const { asking, ask } = useDraftReply(conversation.id);
  const [, discard] = useMutation(DiscardDraftDocument);
  const send = useSend(conversation);
  useShortcuts({ d: ask });

  if (!draft || !['GENERATING', 'PROPOSED', 'FAILED'].includes(draft.status)) return null;
  if (texts.read(conversation.id).draftId === draft.id) return null;
  const ready = draft.status === 'PROPOSED';
  return (
    <section className="draft-panel" aria-label={t('draft.title')}>
      <header>
        <Icon name="spark" size={16} />
        <strong>{t('draft.title')}</strong>
        {ready && <span className="hint">{t(isQuoted(draft.run) ? 'draft.quoted' : 'draft.written')}</span>}
      </header>
      {draft.status === 'GENERATING' && <p className="hint">{t('draft.generating')}</p>}
      {draft.status === 'FAILED' && <p>{t('draft.failed')}</p>}
      {ready && (
        <>
          <div className="draft-text">
            <CustomerText text={draft.text} />
          </div>
          {draft.sources.length > 0 ? (
            <Sources sources={draft.sources} />
          ) : (
            <p className="hint">{t('draft.noSources')}</p>
          )}
        </>
      )}
      <div className="button-row">
        {ready && (
          <>
            <Button
              size="small"
              tone="primary"
              icon="note"
              onClick={() => putInComposer(conversation.id, { text: draft.text, draftId: draft.id })}
            >
              {t('draft.insert')}
            </Button>
            <Button
              size="small"
              icon="send"
              disabled={['closed', 'disconnected'].includes(mayReply(conversation))}
              onClick={() => send(draft.text, { draftId: draft.id })}
            >
              {t('draft.send')}
            </Button>
          </>
        )}
        {draft.status !== 'GENERATING' && (
          <Button size="small" busy={asking} icon="spark" onClick={ask}>
            {t('draft.another')}
          </Button>
        )}
        <Button
          size="small"
          tone="quiet"
          onClick={() =>
            void discard({ id: draft.id }).then(
              ({ error }) => error && notify(failureSentence(toApiFailure(error), t), 'error'),
            )
          }
        >
          {t('draft.discard')}
        </Button>
      </div>
    </section>
  );
}
