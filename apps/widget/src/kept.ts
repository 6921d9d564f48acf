/** Something that the visitor has written and the server does not have yet. */
export interface Unsent {
  readonly key: string;
  readonly text: string | null;
  readonly attachments: readonly { readonly id: string; readonly name: string }[];
  readonly at: string;
}

/** What a browser keeps of a chat, at our own origin, where scripts of the site cannot read it. */
export interface KeptChat {
  readonly token: string | null;
  /** The last answer that was looked at. */
  readonly read: string | null;
  readonly unsent: readonly Unsent[];
  readonly draft: string;
  /** A person was asked for. */
  readonly person: boolean;
  /** An address was left, or was not wanted. */
  readonly asked: boolean;
  /** What is asked for first was given, or passed over. */
  readonly begun: boolean;
}

const nothing: KeptChat = { token: null, read: null, unsent: [], draft: '', person: false, asked: false, begun: false };

const most = 20_000;
const ownWord = 'own';

/**
 * One entry for one chat. Browsers that give a frame no storage of its own leave it to the page around, which then keeps
 * the same; in memory alone where that is blocked too, or is not wanted.
 */
export class Kept {
  private chat = nothing;
  private readonly place: string;
  private blocked = false;

  constructor(
    key: string,
    private readonly consent: boolean,
    fromPage: string,
  ) {
    this.place = `parley:${key}`;
    // What was kept before consent was taken back does not stay either.
    if (!consent) this.clear();
    this.refresh();
    if (this.blocked && consent) this.chat = read(decode(fromPage)) ?? nothing;
  }

  get now(): KeptChat {
    return this.chat;
  }

  /** For the page to keep: all that is needed to come back, or a word that it is kept here. */
  get forPage(): string {
    const { token, unsent, draft: _draft, ...rest } = this.chat;
    if (!this.consent || (token === null && unsent.length === 0)) return '';
    if (!this.blocked) return ownWord;
    const whole = encodeURIComponent(JSON.stringify({ ...rest, token, unsent }));
    return whole.length <= most ? whole : encodeURIComponent(JSON.stringify({ ...rest, token }));
  }

  /** Takes what another page of the same site has written since. */
  refresh(): KeptChat {
    if (!this.consent || this.blocked) return this.chat;
    try {
      this.chat = read(localStorage.getItem(this.place)) ?? this.chat;
    } catch {
      this.blocked = true;
    }
    return this.chat;
  }

  set(changes: Partial<KeptChat>): void {
    this.chat = { ...this.refresh(), ...changes };
    if (!this.consent || this.blocked) return;
    const whole = JSON.stringify(this.chat);
    // Where there is nothing to keep, nothing stays that says so.
    if (whole === JSON.stringify(nothing)) return this.clear();
    try {
      localStorage.setItem(this.place, whole);
    } catch {
      this.blocked = true;
    }
  }

  clear(): void {
    this.chat = nothing;
    try {
      localStorage.removeItem(this.place);
    } catch {
      this.blocked = true;
    }
  }
}

/** What was written here; null for nothing, and for what was not. */
function read(stored: string | null): KeptChat | null {
  try {
    const found = JSON.parse(stored ?? 'null') as Partial<KeptChat> | null;
    return found !== null && typeof found === 'object' ? { ...nothing, ...found } : null;
  } catch {
    return null;
  }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
