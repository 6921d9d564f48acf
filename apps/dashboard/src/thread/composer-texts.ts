/** What stands in a composer. The draft it began as goes along, so that the server learns what became of it. */
export interface ComposerText {
  text: string;
  draftId?: string;
}

const most = 100;

/** Unsent text by conversation, kept in this browser so that leaving the page loses nothing. */
export class ComposerTexts {
  private readonly texts: Map<string, ComposerText>;

  constructor(
    private readonly store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    private readonly name: string,
  ) {
    this.texts = new Map(parse(store, name));
  }

  read(conversationId: string): ComposerText {
    return this.texts.get(conversationId) ?? { text: '' };
  }

  write(conversationId: string, value: ComposerText): void {
    this.texts.delete(conversationId);
    if (value.text) this.texts.set(conversationId, value);
    for (const oldest of this.texts.keys()) {
      if (this.texts.size <= most) break;
      this.texts.delete(oldest);
    }
    this.save();
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
  }
}

function parse(store: Pick<Storage, 'getItem'>, name: string): [string, ComposerText][] {
  try {
    const value: unknown = JSON.parse(store.getItem(name) ?? '[]');
    return Array.isArray(value) ? value.filter(isPair) : [];
  } catch {
    return [];
  }
}

function isPair(value: unknown): value is [string, ComposerText] {
  return (
    Array.isArray(value) && typeof value[0] === 'string' && typeof (value[1] as ComposerText | null)?.text === 'string'
  );
}
