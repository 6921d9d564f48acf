import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  DiscardDraftDocument,
  DraftLeadReplyDocument,
  StopDraftDocument,
  type DraftPartsFragment,
} from '../api/documents.js';
import { InternalWarning, NoAnswer } from '../thread/draft-notes.js';
import { useDraftText } from '../thread/draft-stream.js';
import { makingWords } from '../thread/draft-words.js';
import { Sources } from '../thread/sources.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { TextField } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { FailureNote } from '../ui/states.js';
import { regionOf } from '../ui/time.js';

interface Props {
  leadId: string;
  draft: DraftPartsFragment | null;
  onInsert: (text: string) => void;
}

/** A suggested answer to a lead with where it comes from. Nothing in it leaves by itself: a person takes it over, or not. */
export function LeadDraft({ leadId, draft, onInsert }: Props) {
  const { t, i18n } = useTranslation();
  const [, draftReply] = useMutation(DraftLeadReplyDocument);
  const [, stop] = useMutation(StopDraftDocument);
  const [, discard] = useMutation(DiscardDraftDocument);
  const { ask, busy, failure } = useAsk();
  const [wish, setWish] = useState('');
  const [warned, setWarned] = useState(false);
  const writing = draft?.status === 'GENERATING';
  const coming = useDraftText(draft?.id ?? '', writing);
  const suggest = () => {
    setWarned(false);
    void ask(() => draftReply({ leadId, instruction: wish.trim() || null }));
  };
  const shown = draft && ['GENERATING', 'PROPOSED', 'FAILED'].includes(draft.status);
  if (!shown)
    return (
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          suggest();
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('leads.wish')}
          hint={t('leads.wishHint')}
          dir="auto"
          maxLength={1_000}
          value={wish}
          onChange={(event) => setWish(event.target.value)}
        />
        <Button type="submit" size="small" icon="spark" busy={busy}>
          {t('command.draft')}
        </Button>
      </form>
    );
  const ready = draft.status === 'PROPOSED';
  const internal = draft.sources.filter((source) => source.internal);
  const insert = () => {
    setWarned(false);
    onInsert(draft.text);
  };
  const share = new Intl.NumberFormat(regionOf(i18n.language), { style: 'percent' });
  return (
    <div className="draft-panel" role="group" aria-label={t('suggestion.title')} aria-busy={writing}>
      <header>
        <Icon name="spark" size={16} />
        <strong>{t('suggestion.title')}</strong>
        {ready && (
          <span className="hint">
            {makingWords(draft, t, i18n.language)}
            {draft.confidence !== null && <> · {t('botPreview.sure', { share: share.format(draft.confidence) })}</>}
          </span>
        )}
      </header>
      <p className={writing ? 'hint' : 'visually-hidden'} role="status">
        {t(writing ? 'suggestion.looking' : ready ? 'suggestion.ready' : 'suggestion.none')}
      </p>
      {failure && <FailureNote failure={failure} />}
      {writing && coming !== '' && (
        <div className="draft-text coming">
          <CustomerText text={coming} />
        </div>
      )}
      {draft.status === 'FAILED' && <NoAnswer draft={draft} />}
      {ready && (
        <>
          <div className="draft-text">
            <CustomerText text={draft.text} />
          </div>
          {draft.sources.length > 0 ? (
            <Sources sources={draft.sources} text={draft.text} />
          ) : (
            <p className="hint">{t('suggestion.noSources')}</p>
          )}
        </>
      )}
      {ready && warned && (
        <InternalWarning
          sources={internal}
          action={t('suggestion.insertAnyway')}
          onGo={insert}
          onStay={() => setWarned(false)}
        />
      )}
      <div className="button-row">
        {writing && (
          <Button size="small" icon="close" onClick={() => void ask(() => stop({ id: draft.id }))}>
            {t('suggestion.stop')}
          </Button>
        )}
        {ready && (
          <Button
            size="small"
            tone="primary"
            icon="edit"
            onClick={() => (internal.length > 0 ? setWarned(true) : insert())}
          >
            {t('suggestion.insert')}
          </Button>
        )}
        {!writing && (
          <Button size="small" tone="quiet" icon="spark" busy={busy} onClick={suggest}>
            {t('suggestion.another')}
          </Button>
        )}
        <Button size="small" tone="quiet" onClick={() => void ask(() => discard({ id: draft.id }))}>
          {t('suggestion.discard')}
        </Button>
      </div>
    </div>
  );
}
