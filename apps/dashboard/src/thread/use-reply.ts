import { useEffect, useState, type RefObject } from 'react';
import type { MessagePartsFragment } from '../inbox/types.js';
import { useWorkspace } from '../session/workspace.js';
import { useStore } from '../ui/store.js';
import { useAttachedFiles } from './attached-files.js';
import { onPutInComposer } from './composer-events.js';
import { hasContent, type ComposerText, type KeptFile } from './composer-texts.js';
import { mayReply } from './may-reply.js';
import { answersOf, answersProblem } from './offered-answers.js';
import { useSend } from './send.js';
import { useSendGuard } from './send-guard.js';
import type { OpenConversation } from './thread.js';

interface Around {
  area: RefObject<HTMLTextAreaElement | null>;
  replyTo: MessagePartsFragment | null;
  /** Quotes a message again that a reply had quoted. */
  onQuote: (messageId: string) => void;
  /** The reply is gone, and its quote with it. */
  onGone: () => void;
  /** Something was put in from outside: a person wants to go on with it. */
  onPut: () => void;
}

/** A reply that is being written: words, files, offered answers; kept here and on the server; and the way it goes out. */
export function useReply(conversation: OpenConversation, { area, replyTo, onQuote, onGone, onPut }: Around) {
  const { id, channel } = conversation;
  const { texts, drafts, feedState } = useWorkspace();
  const [value, setValue] = useState<ComposerText>(() => texts.read(id));
  /** Null: no answers are offered. */
  const [offered, setOffered] = useState<string | null>(null);
  const rules = channel.capabilities.attachmentRules;
  const attached = useAttachedFiles(rules, value.files);
  const guard = useSendGuard(id);
  const send = useSend(conversation);
  const stored = attached.files.flatMap((one): KeptFile[] =>
    one.id === null ? [] : [{ id: one.id, name: one.name, size: one.size }],
  );

  const write = (next: ComposerText, files: readonly KeptFile[] = stored) => {
    if (hasContent({ ...next, files })) guard.began();
    setValue(next);
    // An emptied reply is no longer the draft that it began as.
    const { draftId, text } = next;
    drafts.write(id, { text, files, ...(draftId && text.trim() ? { draftId } : {}) });
  };
  const storedIds = stored.map((file) => file.id).join();
  useEffect(() => {
    if (storedIds !== (texts.read(id).files ?? []).map((file) => file.id).join()) write(value);
  }, [storedIds]);

  useEffect(() => {
    if (hasContent(value)) guard.began();
    const unwatch = drafts.watch(id, (there) => {
      const writing = document.hasFocus() && document.activeElement === area.current && area.current?.value !== '';
      if (writing) return false;
      setValue({ text: there.text });
      attached.replace(there.files ?? []);
      return true;
    });
    const hide = () => void (document.hidden && drafts.flush(id));
    document.addEventListener('visibilitychange', hide);
    return () => {
      unwatch();
      document.removeEventListener('visibilitychange', hide);
      void drafts.flush(id);
    };
  }, [id]);
  const state = useStore(feedState);
  useEffect(() => {
    // When it is opened, and after each cut: changes in between were not told.
    if (state !== 'live') return;
    // Behind the first picture: nobody waits for it.
    const soon = setTimeout(() => void drafts.refresh(id), 50);
    return () => clearTimeout(soon);
  }, [state, id]);
  useEffect(() =>
    onPutInComposer(id, (put) => {
      attached.replace(put.files ?? stored);
      write({ text: put.text, ...(put.draftId ? { draftId: put.draftId } : {}) }, put.files ?? stored);
      if (put.offered?.length) setOffered(put.offered.join(', '));
      if (put.replyToId) onQuote(put.replyToId);
      onPut();
    }),
  );

  const { capabilities } = channel;
  const answers = offered === null ? [] : answersOf(offered);
  const problem = answersProblem(answers, capabilities);
  const most = answers.length > 0 ? capabilities.quickReplyTextLength : capabilities.maxTextLength;
  const tooLong = value.text.length > most;
  const closed = ['closed', 'disconnected', 'blocked'].includes(mayReply(conversation));
  const ready = attached.files.every((one) => one.state === 'stored');
  const said = value.text.trim() !== '' || (attached.files.length > 0 && answers.length === 0);
  const sendable = said && ready && !tooLong && !closed && problem === null;

  const go = () => {
    const seenMessageId = guard.seenMessageId();
    send(value.text.trim(), {
      ...(value.draftId ? { draftId: value.draftId } : {}),
      ...(replyTo ? { replyToId: replyTo.id } : {}),
      ...(seenMessageId ? { seenMessageId } : {}),
      ...(answers.length > 0 ? { quickReplies: answers } : {}),
      ...(stored.length > 0
        ? { attachmentIds: stored.map((file) => file.id), attachmentNames: stored.map(({ name }) => name ?? '') }
        : {}),
    });
    write({ text: '' }, []);
    setOffered(null);
    attached.clear();
    guard.done();
    onGone();
  };
  return {
    value,
    write,
    attached,
    offered,
    setOffered,
    problem,
    most,
    tooLong,
    closed,
    sendable,
    takesFiles: !closed && rules.length > 0,
    answered: guard.answered,
    /** Sends it, or asks first where somebody answered meanwhile. */
    submit: () => {
      if (sendable && guard.mayGo()) go();
    },
    /** They have seen who answered, and send all the same, or look again. */
    sendAnyway: () => {
      guard.know();
      if (sendable) go();
    },
    stay: guard.know,
    saveNow: () => void drafts.flush(id),
  };
}
