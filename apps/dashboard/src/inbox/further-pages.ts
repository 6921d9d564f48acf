import type { Client } from 'urql';
import {
  ConversationsDocument,
  toApiFailure,
  type ApiFailure,
  type ConversationsQueryVariables,
} from '../api/documents.js';
import type { ConversationRowFragment } from './types.js';

interface Page {
  readonly after: string;
  nodes: readonly ConversationRowFragment[];
  end: string | null;
  fetching: boolean;
  failure: ApiFailure | null;
}

/** What is known behind the first page of a list. */
export interface Further {
  readonly nodes: readonly ConversationRowFragment[];
  readonly fetching: boolean;
  readonly failure: ApiFailure | null;
}

/**
 * The pages of a list behind its first, each read from the cache by itself: a change to one conversation reads its page anew,
 * and not the thousands of rows that were scrolled through.
 */
export class FurtherPages {
  private readonly pages: Page[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly release = new Map<string, () => void>();
  private opening = false;
  private shown: Further = { nodes: [], fetching: false, failure: null };

  constructor(
    private readonly client: Client,
    private readonly list: Omit<ConversationsQueryVariables, 'after'>,
    private readonly begin: string,
  ) {}

  current = (): Further => this.shown;

  /** Kept true while somebody looks; whoever comes back finds the pages that were there. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1 && this.pages.length > 0) {
      // What the cache answers at once is told once, not page by page.
      this.opening = true;
      for (const page of this.pages) this.open(page);
      this.opening = false;
      this.tell();
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      for (const close of this.release.values()) close();
      this.release.clear();
    };
  };

  /** Asks for the next page, once, or again for one that did not come. */
  more(): void {
    const last = this.pages.at(-1);
    if (last?.fetching) return;
    if (last?.failure) {
      this.release.get(last.after)?.();
      this.open(last);
      return;
    }
    const after = last === undefined ? this.begin : last.end;
    if (after === null) return;
    const page: Page = { after, nodes: [], end: null, fetching: true, failure: null };
    this.pages.push(page);
    this.open(page);
  }

  private open(page: Page): void {
    page.fetching = page.nodes.length === 0;
    page.failure = null;
    // The cache may answer before this has returned.
    const reading = this.client
      .query(ConversationsDocument, { ...this.list, after: page.after })
      .subscribe(({ data, error }) => {
        page.fetching = false;
        page.failure = error && !data ? toApiFailure(error) : null;
        if (data) {
          const { nodes, pageInfo } = data.conversations;
          page.nodes = nodes;
          page.end = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
        }
        this.tell();
      });
    this.release.set(page.after, () => reading.unsubscribe());
    this.tell();
  }

  private tell(): void {
    if (this.opening) return;
    const last = this.pages.at(-1);
    this.shown = {
      nodes: this.pages.flatMap(({ nodes }) => nodes),
      fetching: last?.fetching ?? false,
      failure: last?.failure ?? null,
    };
    for (const listener of this.listeners) listener();
  }
}
