import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Provider, type Client } from 'urql';
import {
  SendMessageDocument,
  WorkspaceDocument,
  isTransient,
  toApiFailure,
  type ApiFailure,
  type WorkspaceQuery,
} from '../api/documents.js';
import { connectWorkspace } from '../api/client.js';
import { InboxFeed, type FeedState, type InboxEvent } from '../live/inbox-feed.js';
import { PresenceBoard } from '../live/presence.js';
import { Outbox, type OutboxEntry, type SendOutcome } from '../outbox/outbox.js';
import { ComposerTexts } from '../thread/composer-texts.js';
import { DraftKeeper } from '../thread/draft-keeper.js';
import { DraftLine, draftServer } from '../thread/draft-line.js';
import { fetchPart } from '../ui/part.js';
import { Store } from '../ui/store.js';
import { FailureNote, Loading } from '../ui/states.js';
import { composerName, outboxName } from './local-traces.js';
import { rememberWorkspace, useSession, type Viewer } from './session.js';

type WorkspaceData = WorkspaceQuery['workspace'];
export type Member = WorkspaceData['members'][number];

interface WorkspaceContextValue {
  workspace: WorkspaceData;
  me: Member | null;
  /** May change things; a viewer may only read. */
  mayWrite: boolean;
  mayAdminister: boolean;
  outbox: Outbox;
  texts: ComposerTexts;
  drafts: DraftKeeper;
  presence: PresenceBoard;
  /** Renewed with every note of activity. */
  presenceBeat: Store<number>;
  feedState: Store<FeedState>;
  lastEvent: Store<InboxEvent | null>;
  reconnect: () => void;
}

const WorkspaceContext = createContext<WorkspaceContextValue | null>(null);

export function useWorkspace(): WorkspaceContextValue {
  const value = useContext(WorkspaceContext);
  if (!value) throw new Error('useWorkspace needs a WorkspaceProvider');
  return value;
}

interface Props {
  workspaceId: string;
  viewer: Viewer;
  children: ReactNode;
}

/** Client, live feed and outbox of one workspace. The epoch grows when the cache can no longer be trusted and all is read anew. */
export function WorkspaceProvider({ workspaceId, viewer, children }: Props) {
  const { signedOut } = useSession();
  const [epoch, setEpoch] = useState(0);
  const [data, setData] = useState<WorkspaceData | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [rooms, setRooms] = useState<ReturnType<typeof openRooms> | null>(null);

  useEffect(() => {
    const opened = openRooms(workspaceId, viewer.id, signedOut, () => setEpoch((count) => count + 1));
    let gone = false;
    rememberWorkspace(workspaceId);
    const reads = opened.client.query(WorkspaceDocument, {});
    let changes: { unsubscribe: () => void } | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    void Promise.all([reads.toPromise(), opened.feed.start()]).then(([{ data, error }]) => {
      if (gone) return;
      setRooms(opened);
      if (data) {
        opened.ownMember.id = data.workspace.members.find((member) => member.user.id === viewer.id)?.id ?? null;
        setData(data.workspace);
        setFailure(null);
        void opened.outbox.flush();
        // Renamed, joined, left: the cache hears of it, and every screen with it.
        changes = reads.subscribe((result) => result.data && setData(result.data.workspace));
      } else if (error) {
        const failed = toApiFailure(error);
        setFailure(failed);
        // What was there before stays on the screen, with no feed behind it: that must not last.
        if (isTransient(failed)) again = setTimeout(() => setEpoch((count) => count + 1), 2_000);
      }
    });
    return () => {
      gone = true;
      clearTimeout(again);
      changes?.unsubscribe();
      opened.close();
    };
  }, [workspaceId, viewer.id, signedOut, epoch]);

  const value = useMemo<WorkspaceContextValue | null>(() => {
    if (!data || !rooms) return null;
    const me = data.members.find((member) => member.user.id === viewer.id) ?? null;
    return {
      ...rooms,
      workspace: data,
      me,
      mayWrite: me?.role !== 'VIEWER',
      mayAdminister: me?.role === 'OWNER' || me?.role === 'ADMIN',
      reconnect: () => rooms.feed.reconnect(),
    };
  }, [data, rooms, viewer.id]);

  if (failure && !value) {
    return (
      <main className="alone">
        <FailureNote failure={failure} onRetry={() => setEpoch((count) => count + 1)} />
      </main>
    );
  }
  if (!value || !rooms) return <Loading />;
  return (
    <Provider value={rooms.client}>
      <WorkspaceContext value={value}>{children}</WorkspaceContext>
    </Provider>
  );
}

function openRooms(workspaceId: string, userId: string, onSignedOut: () => void, onExpired: () => void) {
  const ownMember: { id: string | null } = { id: null };
  const { client, socket, askAgain } = connectWorkspace(workspaceId, () => ownMember.id, onSignedOut);
  const feedState = new Store<FeedState>('connecting');
  const lastEvent = new Store<InboxEvent | null>(null);
  const presence = new PresenceBoard();
  const presenceBeat = new Store(0);
  const outbox = new Outbox(localStorage, outboxName(userId, workspaceId), (entry) => deliver(client, entry));
  const texts = new ComposerTexts(localStorage, composerName(userId, workspaceId));
  const drafts = new DraftKeeper(texts, draftServer(client));
  const draftLine = new DraftLine(client, drafts);
  // Nobody waits for it: it comes behind the first page.
  const presenceLine = fetchPart(() => import('../live/presence-line.js')).then(
    ({ PresenceLine }) => new PresenceLine(client),
  );
  const feed = new InboxFeed(client, socket, {
    onEvent: (event) => {
      if (event.__typename === 'Erased' && event.type === 'Conversation') {
        for (const id of event.ids) {
          outbox.forgetConversation(id);
          texts.forget(id);
        }
      }
      lastEvent.set(event);
    },
    onActivity: (activity) => {
      presence.note(activity, Date.now());
      presenceBeat.set(presenceBeat.get() + 1);
    },
    onState: (state) => {
      const before = feedState.get();
      feedState.set(state);
      if (state !== 'live') return;
      if (before !== 'live') {
        void presenceLine.then(
          (line) => line.open(),
          () => undefined,
        );
        draftLine.open();
      }
      askAgain();
      void outbox.flush();
      void drafts.flush();
    },
    onExpired,
  });
  const online = () => feed.reconnect();
  const offline = () => feed.goOffline();
  addEventListener('online', online);
  addEventListener('offline', offline);
  const close = () => {
    removeEventListener('online', online);
    removeEventListener('offline', offline);
    feed.stop();
    outbox.stop();
    drafts.stop();
    draftLine.close();
    void presenceLine.then(
      (line) => line.close(),
      () => undefined,
    );
    void socket.dispose();
  };
  return { client, ownMember, feedState, lastEvent, presence, presenceBeat, outbox, texts, drafts, feed, close };
}

async function deliver(client: Client, entry: OutboxEntry): Promise<SendOutcome> {
  const {
    conversationId,
    text,
    key: idempotencyKey,
    draftId,
    replyToId,
    quickReplies,
    attachmentIds,
    seenMessageId,
  } = entry;
  const input = {
    conversationId,
    text,
    idempotencyKey,
    ...(draftId ? { draftId } : {}),
    ...(replyToId ? { replyToId } : {}),
    ...(quickReplies?.length ? { quickReplies } : {}),
    ...(attachmentIds?.length ? { attachmentIds } : {}),
    ...(seenMessageId ? { seenMessageId } : {}),
  };
  const { data, error } = await client.mutation(SendMessageDocument, { input }).toPromise();
  if (data) return { kind: 'sent' };
  const failure = error && toApiFailure(error);
  // Signed out in the middle: it was not refused. Whether the session is over, and what was kept with it, is the session's to say.
  if (!failure || isTransient(failure) || failure.code === 'UNAUTHENTICATED') return { kind: 'later' };
  return { kind: 'refused', failure };
}
