import type { ComposerText, ComposerTexts, KeptFile } from './composer-texts.js';
import { hasContent, sameContent } from './composer-texts.js';

/** What the server keeps of what somebody has begun to write. */
export interface ServerDraft {
  text: string;
  files: readonly KeptFile[];
}

/** `gone`: there is nowhere to save it, as when the conversation was erased. */
type SaveOutcome = 'saved' | 'later' | 'gone';

export interface DraftServer {
  save(conversationId: string, draft: ServerDraft): Promise<SaveOutcome>;
  /** Undefined where no answer came. */
  read(conversationId: string): Promise<ServerDraft | null | undefined>;
}

const quietMs = 700;
const mostMs = 1_800;
const retryMs = 5_000;

/**
 * Brings what stands in the composers to the server, and what was written on other devices here. What was typed here and is not
 * saved yet is never replaced: it is the newest, and goes up.
 */
export class DraftKeeper {
  private readonly timers = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>();
  private readonly underWay = new Set<string>();
  private readonly watchers = new Map<string, Set<(value: ComposerText) => boolean>>();
  private stopped = false;

  constructor(
    private readonly texts: ComposerTexts,
    private readonly server: DraftServer,
  ) {}

  /** Called on every key press: saved once the person pauses, and every two seconds while they do not. */
  write(conversationId: string, value: ComposerText): void {
    if (sameContent(value, this.texts.read(conversationId)) && this.texts.isSaved(conversationId)) {
      this.texts.write(conversationId, value, true);
      return;
    }
    this.texts.write(conversationId, value);
    this.plan(conversationId, quietMs);
  }

  /** Saves at once what waits: a person leaves the field, the conversation or the page. */
  async flush(conversationId?: string): Promise<void> {
    const ids = conversationId === undefined ? this.texts.unsaved() : [conversationId];
    await Promise.all(ids.filter((id) => !this.texts.isSaved(id)).map((id) => this.save(id)));
  }

  /** Asks what other devices have saved: when a conversation is opened, and after the line was cut. */
  async refresh(conversationId: string): Promise<void> {
    const draft = await this.server.read(conversationId);
    if (draft !== undefined) this.take(conversationId, draft);
  }

  /** Another device wrote. */
  take(conversationId: string, draft: ServerDraft | null): void {
    // What is on its way up is newer than what comes down.
    if (this.stopped || !this.texts.isSaved(conversationId) || this.underWay.has(conversationId)) return;
    const here = this.texts.read(conversationId);
    const there: ComposerText = {
      text: draft?.text ?? '',
      files: draft?.files ?? [],
    };
    if (sameContent(here, there)) return;
    if ([...(this.watchers.get(conversationId) ?? [])].every((taken) => taken(there)))
      this.texts.write(conversationId, there, true);
  }

  /** Hears of what came from other devices for one conversation, and says whether it takes it: not under a person's caret. */
  watch(conversationId: string, taken: (value: ComposerText) => boolean): () => void {
    const watchers = this.watchers.get(conversationId) ?? new Set();
    this.watchers.set(conversationId, watchers.add(taken));
    return () => watchers.delete(taken);
  }

  stop(): void {
    this.stopped = true;
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private plan(conversationId: string, ms: number): void {
    if (this.stopped) return;
    const planned = this.timers.get(conversationId);
    if (planned) clearTimeout(planned.timer);
    const since = planned?.since ?? Date.now();
    const wait = Math.max(0, Math.min(ms, since + mostMs - Date.now()));
    const timer = setTimeout(() => void this.save(conversationId), ms > mostMs ? ms : wait);
    this.timers.set(conversationId, { timer, since });
  }

  private async save(conversationId: string): Promise<void> {
    const planned = this.timers.get(conversationId);
    if (planned) clearTimeout(planned.timer);
    this.timers.delete(conversationId);
    // Its end plans the next one.
    if (this.stopped || this.underWay.has(conversationId)) return;
    const value = this.texts.read(conversationId);
    this.underWay.add(conversationId);
    const draft = hasContent(value) ? { text: value.text, files: value.files ?? [] } : { text: '', files: [] };
    const outcome = await this.server.save(conversationId, draft).catch((): SaveOutcome => 'later');
    this.underWay.delete(conversationId);
    // Signed out meanwhile: nothing is written down any more.
    if (this.stopped) return;
    if (!sameContent(this.texts.read(conversationId), value)) this.plan(conversationId, quietMs);
    else if (outcome === 'later') this.plan(conversationId, retryMs);
    // Where it cannot be saved, it stays here and nobody tries in vain.
    else this.texts.markSaved(conversationId);
  }
}
