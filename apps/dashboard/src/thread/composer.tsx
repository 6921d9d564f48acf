import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { AddNoteDocument, toApiFailure } from '../api/documents.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { previewText } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { Button, IconButton } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { useShortcuts } from '../ui/shortcuts.js';
import { AttachButton } from './attach-button.js';
import { useAttachedFiles } from './attached-files.js';
import { AttachedList } from './attached-list.js';
import { CannedPicker, useCanned } from './canned-picker.js';
import { onPutInComposer } from './composer-events.js';
import type { ComposerText } from './composer-texts.js';
import { useDraftReply } from './draft-panel.js';
import { answersOf, answersProblem } from './offered-answers.js';
import { OfferedAnswers } from './offered-answers-field.js';
import { useSend } from './send.js';
import { mayReply } from './may-reply.js';
import type { OpenConversation } from './thread.js';
import { TemplateButton } from './template-button.js';
import { useTyping } from './viewing.js';
import { WindowNote } from './window-note.js';

interface Props {
  conversation: OpenConversation;
  replyTo: MessagePartsFragment | null;
  onReplyDone: () => void;
}

/** Where replies and notes are written. What stands in it survives leaving the page. */
export function Composer({ conversation, replyTo, onReplyDone }: Props) {
  const { t } = useTranslation();
  const { texts } = useWorkspace();
  const area = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<'reply' | 'note'>('reply');
  const [reply, setReply] = useState<ComposerText>(() => texts.read(conversation.id));
  const [note, setNote] = useState('');
  /** Null: no answers are offered. */
  const [offered, setOffered] = useState<string | null>(null);
  const [noting, addNote] = useMutation(AddNoteDocument);
  const { asking, ask } = useDraftReply(conversation.id);
  const send = useSend(conversation);
  const typing = useTyping(conversation.id);
  const write = (value: ComposerText) => {
    const kept = value.text.trim() ? value : { text: value.text };
    setReply(kept);
    texts.write(conversation.id, kept);
  };
  const { attachmentRules } = conversation.channel.capabilities;
  const attached = useAttachedFiles(attachmentRules);
  const canned = useCanned(mode === 'reply' ? reply.text : '', (text) => write({ ...reply, text }));
  const focus = (next: typeof mode) => {
    setMode(next);
    // At once: what is typed next must not be taken for shortcuts.
    area.current?.focus();
  };
  useShortcuts({ r: () => focus('reply'), n: () => focus('note') });
  useEffect(() => onPutInComposer(conversation.id, (value) => (write(value), focus('reply'))), [conversation.id]);
  useEffect(() => (replyTo ? focus('reply') : undefined), [replyTo]);
  useEffect(() => fitHeight(area.current), [reply.text, note, mode]);

  const isNote = mode === 'note';
  const text = isNote ? note : reply.text;
  const { capabilities } = conversation.channel;
  const answers = isNote || offered === null ? [] : answersOf(offered);
  const problem = answersProblem(answers, capabilities);
  const most = answers.length > 0 ? capabilities.quickReplyTextLength : capabilities.maxTextLength;
  const tooLong = !isNote && text.length > most;
  const closed = !isNote && ['closed', 'disconnected', 'blocked'].includes(mayReply(conversation));
  const files = isNote ? [] : attached.files;
  const takesFiles = !isNote && !closed && attachmentRules.length > 0;
  const ready = files.every(({ state }) => state === 'stored');
  const said = text.trim() !== '' || (files.length > 0 && answers.length === 0);
  const sendable = said && ready && !tooLong && !closed && problem === null;
  const takeFiles = (given: FileList | null | undefined) => {
    if (!takesFiles || !given || given.length === 0) return false;
    attached.add([...given]);
    return true;
  };
  const submit = () => {
    if (!sendable || noting.fetching) return;
    typing(false);
    if (isNote) {
      void addNote({ conversationId: conversation.id, text: text.trim() }).then(({ error }) =>
        error ? notify(failureSentence(toApiFailure(error), t), 'error') : setNote(''),
      );
      return;
    }
    send(text.trim(), {
      ...(reply.draftId ? { draftId: reply.draftId } : {}),
      ...(replyTo ? { replyToId: replyTo.id } : {}),
      ...(answers.length > 0 ? { quickReplies: answers } : {}),
      ...(files.length > 0
        ? {
            attachmentIds: files.flatMap(({ id }) => (id === null ? [] : [id])),
            attachmentNames: files.map(({ file }) => file.name),
          }
        : {}),
    });
    write({ text: '' });
    setOffered(null);
    attached.clear();
    onReplyDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (canned.onKeyDown(event)) return;
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
      onDragOver={(event) => takesFiles && event.dataTransfer.types.includes('Files') && event.preventDefault()}
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
        <WindowNote conversation={conversation} />
      </div>
      {replyTo && !isNote && (
        <div className="composer-quote">
          <span dir="auto">{previewText(replyTo, t)}</span>
          <IconButton icon="close" label={t('composer.noQuote')} onClick={onReplyDone} />
        </div>
      )}
      <CannedPicker {...canned} />
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
        onChange={(event) => {
          if (isNote) return setNote(event.target.value);
          write({ ...reply, text: event.target.value });
          typing(event.target.value !== '');
        }}
        onBlur={() => typing(false)}
        onPaste={(event) => takeFiles(event.clipboardData.files) && event.preventDefault()}
        onKeyDown={onKeyDown}
      />
      {!isNote && <AttachedList files={files} onRemove={attached.remove} onRetry={attached.retry} />}
      {!isNote && offered !== null && (
        <OfferedAnswers
          value={offered}
          problem={problem}
          limits={capabilities}
          onChange={setOffered}
          onClose={() => setOffered(null)}
        />
      )}
      <div className="composer-foot">
        {!isNote && (
          <Button size="small" icon="spark" busy={asking} onClick={ask}>
            {t('draft.ask')}
          </Button>
        )}
        {takesFiles && <AttachButton rules={attachmentRules} onFiles={attached.add} />}
        {!isNote && capabilities.quickReplies > 0 && offered === null && !closed && (
          <Button size="small" icon="plus" onClick={() => setOffered('')}>
            {t('composer.answersAdd')}
          </Button>
        )}
        {!isNote && <TemplateButton conversation={conversation} pressing={closed} />}
        <span className={tooLong ? 'field-error' : 'hint'} role={tooLong ? 'alert' : undefined}>
          {!isNote && text.length > most * 0.8 ? t('composer.length', { used: text.length, most }) : t('composer.hint')}
        </span>
        <Button
          type="submit"
          tone="primary"
          size="small"
          icon={isNote ? 'note' : 'send'}
          disabled={!sendable}
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
  area.style.height = `${Math.min(area.scrollHeight + 2, 220)}px`;
}
