import type { Client } from 'urql';
import {
  ComposerDraftChangedDocument,
  ComposerDraftDocument,
  SaveComposerDraftDocument,
  isTransient,
  toApiFailure,
} from '../api/documents.js';
import type { DraftKeeper, DraftServer } from './draft-keeper.js';

/** Where drafts are kept, by the public API. */
export function draftServer(client: Client): DraftServer {
  return {
    async save(conversationId, { text, files }) {
      const input = { conversationId, text, attachmentIds: files.map(({ id }) => id) };
      const { error } = await client.mutation(SaveComposerDraftDocument, input).toPromise();
      if (!error) return 'saved';
      const failure = toApiFailure(error);
      return isTransient(failure) || failure.code === 'UNAUTHENTICATED' ? 'later' : 'gone';
    },
    async read(conversationId) {
      const { data } = await client
        .query(ComposerDraftDocument, { conversationId }, { requestPolicy: 'network-only' })
        .toPromise();
      return data ? data.composerDraft : undefined;
    },
  };
}

/** Hears what this person writes on other devices. */
export class DraftLine {
  private release: () => void = () => undefined;

  constructor(
    private readonly client: Client,
    private readonly drafts: DraftKeeper,
  ) {}

  /** Listens on the line that is there now. */
  open(): void {
    this.close();
    const changes = this.client.subscription(ComposerDraftChangedDocument, {}).subscribe(({ data }) => {
      if (data) this.drafts.take(data.composerDraftChanged.conversationId, data.composerDraftChanged.draft);
    });
    this.release = () => changes.unsubscribe();
  }

  close(): void {
    this.release();
    this.release = () => undefined;
  }
}
