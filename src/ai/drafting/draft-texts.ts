import { Injectable } from '@nestjs/common';
import { LiveNews } from '../../platform/live/index.js';
import { Secrets } from '../../platform/secrets/index.js';

/** A draft that this process writes. */
export interface Writing {
  /** Fires when nobody wants it any more. */
  readonly stopped: AbortSignal;
  /** Shows what may be read of it so far. */
  show(text: string): void;
  end(): void;
}

/** Someone who reads along. */
interface Reader {
  /** All that there is so far. */
  text(text: string): void;
  /** It is over: how it ended stands in its row. */
  settled(): void;
}

interface Passing {
  readonly kind: 'draft-text' | 'draft-asked' | 'draft-stop' | 'draft-settled';
  readonly draftId: string;
  /** Of draft-text, encrypted: Redis carries no words of a conversation. */
  readonly sealed?: string;
}

/**
 * The words of drafts while they are written, told from process to process and kept nowhere. Each word says all that there
 * is so far, so that one that was lost is made up for by the next, and who comes late asks for it once more.
 */
@Injectable()
export class DraftTexts {
  private readonly written = new Map<string, { text: string; readonly stop: AbortController }>();
  private readonly readers = new Map<string, Set<Reader>>();

  constructor(
    private readonly news: LiveNews,
    private readonly secrets: Secrets,
  ) {
    news.onPassing((workspaceId, message) => {
      if (isPassing(message)) this.heard(workspaceId, message);
    });
  }

  /** This process begins to write a draft. */
  begin(workspaceId: string, draftId: string): Writing {
    const key = keyOf(workspaceId, draftId);
    const writing = { text: '', stop: new AbortController() };
    this.written.set(key, writing);
    return {
      stopped: writing.stop.signal,
      show: (text) => {
        writing.text = text;
        this.tell(workspaceId, draftId, text);
      },
      end: () => {
        if (this.written.get(key) === writing) this.written.delete(key);
      },
    };
  }

  /** Reads along; whoever writes it is asked what there is. Gives the function that leaves. */
  read(workspaceId: string, draftId: string, reader: Reader): () => void {
    const key = keyOf(workspaceId, draftId);
    const readers = this.readers.get(key) ?? new Set<Reader>();
    this.readers.set(key, readers.add(reader));
    this.news.tellPassing(workspaceId, { kind: 'draft-asked', draftId } satisfies Passing);
    return () => {
      readers.delete(reader);
      if (readers.size === 0 && this.readers.get(key) === readers) this.readers.delete(key);
    };
  }

  /** Whoever writes it stops. */
  stop(workspaceId: string, draftId: string): void {
    this.news.tellPassing(workspaceId, { kind: 'draft-stop', draftId } satisfies Passing);
  }

  /** Its row says how it ended. */
  settled(workspaceId: string, draftId: string): void {
    this.news.tellPassing(workspaceId, { kind: 'draft-settled', draftId } satisfies Passing);
  }

  private tell(workspaceId: string, draftId: string, text: string): void {
    const sealed = this.secrets.encryptForInstance(placeOf(workspaceId, draftId), text).toString('base64');
    this.news.tellPassing(workspaceId, { kind: 'draft-text', draftId, sealed } satisfies Passing);
  }

  private heard(workspaceId: string, { kind, draftId, sealed }: Passing): void {
    const key = keyOf(workspaceId, draftId);
    const writing = this.written.get(key);
    if (kind === 'draft-stop') writing?.stop.abort();
    if (kind === 'draft-asked' && writing !== undefined) this.tell(workspaceId, draftId, writing.text);
    const readers = this.readers.get(key);
    if (readers === undefined) return;
    if (kind === 'draft-settled') for (const reader of readers) reader.settled();
    if (kind !== 'draft-text' || sealed === undefined) return;
    const text = this.secrets.decryptForInstance(placeOf(workspaceId, draftId), Buffer.from(sealed, 'base64'));
    for (const reader of readers) reader.text(text);
  }
}

function keyOf(workspaceId: string, draftId: string): string {
  return `${workspaceId} ${draftId}`;
}

// Bound to the workspace and the draft: under another name it does not open.
function placeOf(workspaceId: string, draftId: string) {
  return { table: 'drafts', column: 'text as it is written', row: keyOf(workspaceId, draftId) };
}

function isPassing(message: unknown): message is Passing {
  const { kind, draftId } = (message ?? {}) as { kind?: unknown; draftId?: unknown };
  return typeof kind === 'string' && kind.startsWith('draft-') && typeof draftId === 'string';
}
