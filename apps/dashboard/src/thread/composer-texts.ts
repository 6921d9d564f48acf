/** A file that is uploaded and not sent yet. */
export interface KeptFile {
  id: string;
  /** Null where it has no name. */
  name: string | null;
  size?: number | null;
}

/** What stands in a composer. The draft it began as goes along, so that the server learns what became of it. */
export interface ComposerText {
  text: string;
  draftId?: string;
  files?: readonly KeptFile[];
}

/** The same as it is kept: `saved` says that the server has it just so. */
interface KeptText extends ComposerText {
  saved?: boolean;
}

const most = 100;
const nothing: ComposerText = { text: '' };

/** Unsent text by conversation, kept in this browser at once so that a crash loses nothing; the server has it soon after. */
export class ComposerTexts {
  private readonly texts: Map<string, KeptText>;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    private readonly name: string,
  ) {
    this.texts = new Map(parse(store, name));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  read(conversationId: string): ComposerText {
    const kept = this.texts.get(conversationId);
    return kept ? contentOf(kept) : nothing;
  }

  /** Whether the server has what stands there; true where nothing does. */
  isSaved(conversationId: string): boolean {
    return this.texts.get(conversationId)?.saved ?? !this.texts.has(conversationId);
  }

  /** What the server does not have yet. */
  unsaved(): string[] {
    return [...this.texts].filter(([, kept]) => !kept.saved).map(([id]) => id);
  }

  write(conversationId: string, value: ComposerText, saved = false): void {
    this.texts.delete(conversationId);
    // An emptied one is kept until the server knows.
    if (hasContent(value) || !saved) this.texts.set(conversationId, { ...value, saved });
    for (const [oldest, kept] of this.texts) {
      if (this.texts.size <= most) break;
      if (kept.saved || !hasContent(kept)) this.texts.delete(oldest);
    }
    for (const oldest of this.texts.keys()) {
      if (this.texts.size <= most) break;
      this.texts.delete(oldest);
    }
    this.save();
  }

  /** The server has it now as it stands here. */
  markSaved(conversationId: string): void {
    const kept = this.texts.get(conversationId);
    if (kept) this.write(conversationId, contentOf(kept), true);
  }

  forget(conversationId: string): void {
    if (this.texts.delete(conversationId)) this.save();
  }

  private save(): void {
    try {
      if (this.texts.size) this.store.setItem(this.name, JSON.stringify([...this.texts]));
      else this.store.removeItem(this.name);
    } catch {
      // Storage may be full or blocked: the text lives on in memory.
    }
    for (const listener of this.listeners) listener();
  }
}

export function hasContent({ text, files = [] }: ComposerText): boolean {
  return text.trim() !== '' || files.length > 0;
}

/** Whether two would look the same in a composer. */
export function sameContent(a: ComposerText, b: ComposerText): boolean {
  const ids = ({ files = [] }: ComposerText) => files.map(({ id }) => id).join();
  return a.text === b.text && ids(a) === ids(b);
}

function contentOf({ saved: _saved, ...content }: KeptText): ComposerText {
  return content;
}

function parse(store: Pick<Storage, 'getItem'>, name: string): [string, KeptText][] {
  try {
    const value: unknown = JSON.parse(store.getItem(name) ?? '[]');
    return Array.isArray(value) ? value.filter(isPair) : [];
  } catch {
    return [];
  }
}

function isPair(value: unknown): value is [string, KeptText] {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const { text, files } = (value[1] ?? {}) as Partial<KeptText>;
  return typeof text === 'string' && (files === undefined || Array.isArray(files));
}
