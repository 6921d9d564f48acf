import { Injectable } from '@nestjs/common';
import type { LeadAdsAdapter, OpenChannel, PlatformLead } from '../../channels/index.js';

type Words = ReadonlyMap<string, string>;

interface Known {
  readonly words: Words | null;
  readonly until: number;
  readonly failures: number;
}

/** A form that was sent out is not changed any more, but its boxes may be put right soon after. */
const goodFor = 15 * 60_000;
/** So often leads wait for words that do not come; then they are kept with what the form calls its boxes. */
const mostFailures = 3;
const mostKnown = 1_000;
const none: Words = new Map();

/**
 * The words of forms' boxes. A lead says which boxes were ticked by their names alone, and a name proves nothing: what
 * somebody agreed to stands with the form.
 */
@Injectable()
export class FormBoxes {
  private readonly known = new Map<string, Known>();

  /** The words for what these leads ticked; null where the platform does not tell just now, and it is worth asking again. */
  async of(
    channel: OpenChannel,
    ads: LeadAdsAdapter,
    formId: string | null,
    leads: readonly PlatformLead[],
    signal: AbortSignal,
  ): Promise<Words | null> {
    const isAsked = leads.some(({ consents }) => consents.some(({ text, key }) => text === null && key !== null));
    if (formId === null || !isAsked) return none;
    const name = `${channel.id} ${formId}`;
    const before = this.known.get(name);
    if (before?.words && before.until > Date.now()) return before.words;
    const words = await ads.boxes(channel, formId, signal);
    const failures = words === null ? (before?.failures ?? 0) + 1 : 0;
    if (this.known.size >= mostKnown) this.known.clear();
    this.known.set(name, { words, until: Date.now() + goodFor, failures });
    return words ?? (failures >= mostFailures ? none : null);
  }
}
