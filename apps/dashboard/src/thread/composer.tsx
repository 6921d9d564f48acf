import { Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useActions } from '../actions/use-actions.js';
import { AddNoteDocument, toApiFailure } from '../api/documents.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { previewText } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { Button, IconButton } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { isAiOff } from './ai-off.js';
import { AttachButton } from './attach-button.js';
import { AttachedList } from './attached-list.js';
import { CannedPicker, useCanned } from './canned-picker.js';
import { useDraftReply } from './use-draft-reply.js';
import { draftingPart } from './fetch-drafting.js';
import { MentionPicker, useMentions } from './mention-picker.js';
import { mentionedIn } from './mentions.js';
import { OfferedAnswers } from './offered-answers-field.js';
import type { OpenConversation } from './thread.js';
import { TemplateButton } from './template-button.js';
import { useReply } from './use-reply.js';
import { useTyping } from './viewing.js';
import { WindowNote } from './window-note.js';

const GuardNote = draftingPart('GuardNote');
const ShareButton = draftingPart('ShareButton');

interface Props {
  conversation: OpenConversation;
  replyTo: MessagePartsFragment | null;
  onReplyDone: () => void;
  onQuote: (messageId: string) => void;
}

/** Where replies and notes are written. What stands in it survives leaving the page, and follows the person to other devices. */
export function Composer({ conversation, replyTo, onReplyDone, onQuote }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const area = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<'reply' | 'note'>('reply');
  const [note, setNote] = useState('');
  const [noting, addNote] = useMutation(AddNoteDocument);
  const { asking, ask } = useDraftReply(conversation.id);
  const typing = useTyping(conversation.id);
  const focus = (next: typeof mode) => {
    setMode(next);
    // At once: what is typed next must not be taken for shortcuts.
    area.current?.focus();
  };
  const reply = useReply(conversation, { area, replyTo, onQuote, onGone: onReplyDone, onPut: () => focus('reply') });
  const { value, write, attached, offered, setOffered, most, tooLong, closed, takesFiles } = reply;
  const canned = useCanned(mode === 'reply' ? value.text : '', (text) => write({ ...value, text }));
  const mentions = useMentions(mode === 'note' ? note : '', setNote);
  useActions({ reply: () => focus('reply'), note: () => focus('note'), draft: ask });
  useEffect(() => (replyTo ? focus('reply') : undefined), [replyTo]);

  const isNote = mode === 'note';
  const text = isNote ? note : value.text;
  useEffect(() => fitHeight(area.current), [text, mode]);
  const { capabilities } = conversation.channel;
  const takeFiles = (given: FileList | null | undefined) => {
    if (isNote || !takesFiles || !given || given.length === 0) return false;
    attached.add([...given]);
    return true;
  };
  const submit = () => {
    typing(false);
    if (!isNote) return reply.submit();
    if (!note.trim() || noting.fetching) return;
    const input = { conversationId: conversation.id, text: note.trim() };
    void addNote({ ...input, mentions: mentionedIn(note, workspace.members) }).then(({ error }) =>
      error ? notify(failureSentence(toApiFailure(error), t), 'error') : setNote(''),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (canned.onKeyDown(event) || mentions.onKeyDown(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      area.current?.blur();
    }
  };
  return (
    <form
      className={`composer ${mode}`}
      onDragOver={(event) =>
        !isNote && takesFiles && event.dataTransfer.types.includes('Files') && event.preventDefault()
      }
      onDrop={(event) => takeFiles(event.dataTransfer.files) && event.preventDefault()}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="composer-tabs" role="group" aria-label={t('composer.mode')}>
        <button type="button" aria-pressed={!isNote} onClick={() => focus('reply')}>
          {t('composer.reply')}
        </button>
        <button type="button" aria-pressed={isNote} onClick={() => focus('note')}>
          {t('composer.note')}
        </button>
        {!isNote && <WindowNote conversation={conversation} />}
      </div>
      {replyTo && !isNote && (
        <div className="composer-quote">
          <span dir="auto">{previewText(replyTo, t)}</span>
          <IconButton icon="close" label={t('composer.noQuote')} onClick={onReplyDone} />
        </div>
      )}
      {reply.answered.length > 0 && !isNote && (
        <Suspense fallback={null}>
          <GuardNote
            answered={reply.answered}
            onSend={reply.sendAnyway}
            onStay={() => {
              reply.stay();
              area.current?.focus();
            }}
          />
        </Suspense>
      )}
      <CannedPicker {...canned} />
      <MentionPicker {...mentions} />
      <textarea
        ref={area}
        dir="auto"
        rows={2}
        value={text}
        aria-label={t(isNote ? 'composer.noteLabel' : 'composer.replyLabel')}
        placeholder={t(
          isNote ? 'composer.notePlaceholder' : closed ? 'composer.closedPlaceholder' : 'composer.placeholder',
        )}
        {...canned.aria}
        {...mentions.aria}
        onChange={(event) => {
          if (isNote) return setNote(event.target.value);
          write({ ...value, text: event.target.value });
          canned.onType(event.target.value);
          typing(event.target.value !== '');
        }}
        // Whoever begins to write may want one: it does not wait for the slash to be fetched.
        onFocus={canned.prepare}
        onBlur={() => {
          typing(false);
          reply.saveNow();
        }}
        onPaste={(event) => takeFiles(event.clipboardData.files) && event.preventDefault()}
        onKeyDown={onKeyDown}
      />
      {!isNote && <AttachedList files={attached.files} onRemove={attached.remove} onRetry={attached.retry} />}
      {!isNote && offered !== null && (
        <OfferedAnswers
          value={offered}
          problem={reply.problem}
          limits={capabilities}
          onChange={setOffered}
          onClose={() => setOffered(null)}
        />
      )}
      <div className="composer-foot">
        {!isNote && !isAiOff(conversation.contact) && (
          <Button size="small" icon="spark" busy={asking} onClick={ask}>
            {t('draft.ask')}
          </Button>
        )}
        {!isNote && takesFiles && <AttachButton rules={capabilities.attachmentRules} onFiles={attached.add} />}
        {!isNote && capabilities.quickReplies > 0 && offered === null && !closed && (
          <Button size="small" tone="quiet" className="compact" icon="choices" onClick={() => setOffered('')}>
            {t('composer.answersAdd')}
          </Button>
        )}
        {!isNote && <TemplateButton conversation={conversation} pressing={closed} />}
        {!isNote && text.trim() !== '' && workspace.members.length > 1 && (
          <Suspense fallback={null}>
            <ShareButton conversationId={conversation.id} text={text} />
          </Suspense>
        )}
        <span className={tooLong && !isNote ? 'field-error' : 'hint'} role={tooLong && !isNote ? 'alert' : undefined}>
          {!isNote && text.length > most * 0.8 ? t('composer.length', { used: text.length, most }) : t('composer.hint')}
        </span>
        <Button
          type="submit"
          tone="primary"
          size="small"
          icon={isNote ? 'note' : 'send'}
          disabled={isNote ? !note.trim() : !reply.sendable}
          busy={noting.fetching}
        >
          {t(isNote ? 'composer.saveNote' : 'composer.send')}
        </Button>
      </div>
    </form>
  );
}

function fitHeight(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.height = 'auto';
  // An empty one is as high as its rows say; to measure it the whole page would be laid out.
  if (area.value === '') return;
  area.style.height = `${Math.min(area.scrollHeight + 2, 220)}px`;
}
