import type { PassageText } from '../split-text.js';
import type { ReadingReason } from './reading-words.js';

/** A passage with its words as they are found by; the words of the source's title come before them. */
export interface ReadPassage extends PassageText {
  readonly folded: string;
}

/** Bytes to be read, and what is said of them from outside. */
export interface ReadWork {
  readonly body: Uint8Array;
  /** As a server told it; null for a file, which is told by its bytes alone. */
  readonly contentType: string | null;
  /** What it is called: of harmless texts, the ending says which kind. */
  readonly name: string | null;
  /** Where a page was found, for its links; null for a file. */
  readonly url: string | null;
}

/** What was read. */
export type WhatIsRead =
  | { readonly kind: 'text'; readonly passages: readonly ReadPassage[] }
  /** Addresses as a sitemap names them, none of them looked at. */
  | { readonly kind: 'sitemap'; readonly pages: readonly string[]; readonly sitemaps: readonly string[] }
  | {
      readonly kind: 'unreadable';
      readonly reason: ReadingReason;
      readonly values: Readonly<Record<string, string>>;
    };
