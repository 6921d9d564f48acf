import { Suspense, useRef } from 'react';
import { useWorkspace } from '../session/workspace.js';
import { useStore } from '../ui/store.js';
import { putInComposer } from './composer-events.js';
import { useConversationActions } from './conversation-actions.js';
import { draftingPart } from './fetch-drafting.js';
import { mayReply } from './may-reply.js';
import { Sources } from './sources.js';
import { useSend } from './send.js';
import { useDraftReply } from './use-draft-reply.js';
import type { OpenConversation } from './thread.js';

const DraftPanel = draftingPart('DraftPanel');
const DraftHolder = draftingPart('DraftHolder');

/** Where the machine's part of a conversation stands: what it proposes, or that somebody has taken it over. */
export function DraftPlace({ conversation }: { conversation: OpenConversation }) {
  const { texts, me } = useWorkspace();
  const { draft, aiPaused, aiMode, id } = conversation;
  const send = useSend(conversation);
  const { asking, reply } = useDraftReply(id);
  const { toggleAi, assign } = useConversationActions(conversation);
  const shown = draft && ['GENERATING', 'PROPOSED', 'FAILED'].includes(draft.status);
  const inComposer = useStore({ subscribe: texts.subscribe, get: () => texts.read(id).draftId }) === draft?.id;
  const holder =
    aiMode === 'OFF' ? null : (
      <DraftHolder
        conversation={conversation}
        onGiveBack={toggleAi}
        onTakeOver={() => {
          toggleAi();
          if (conversation.assignee === null && me) assign(me.id);
        }}
      />
    );
  const wanted = shown && !inComposer;
  // Between one draft and the next the panel stays: it knows what was asked for.
  const opened = useRef(false);
  if (wanted) opened.current = true;
  if (!draft || !opened.current) return aiPaused && <Suspense fallback={null}>{holder}</Suspense>;
  return (
    <Suspense fallback={null}>
      <DraftPanel
        conversationId={id}
        draft={draft}
        shown={wanted === true}
        held={aiPaused}
        asking={asking}
        reply={reply}
        sendable={!['closed', 'disconnected', 'blocked'].includes(mayReply(conversation))}
        onInsert={(text) => putInComposer(id, { text, draftId: draft.id })}
        onSend={(text) => send(text, { draftId: draft.id })}
        showSources={(text) => <Sources sources={draft.sources} text={text} />}
      >
        {holder}
      </DraftPanel>
    </Suspense>
  );
}
