import type { Page } from 'playwright-core';
import type { TestClient } from '../support/client.js';
import type { Dashboard } from './dashboard.js';

/** An inbox as somebody has it before them, or as the server has it: both say it in the same words. */
export interface InboxTruth {
  readonly title: string;
  /** In the order of the list: who, what was said last, how many are unread. */
  readonly rows: readonly string[];
}

interface Row {
  readonly id: string;
  readonly unreadCount: number;
  readonly contact: { readonly name: string };
  readonly lastMessage: { readonly text: string };
}

const marked = /no\. \d+\b/u;

/** The number that a message of these specs carries; how often a text holds it does not matter. */
export const mark = (text: string): string => marked.exec(text)?.[0] ?? `without a number: ${text}`;

/** What the server says of the open conversations, and which they are. */
export async function onServer(
  client: TestClient,
): Promise<InboxTruth & { readonly ids: ReadonlyMap<string, string> }> {
  const { conversations, inboxCounts } = await client.ask<{
    conversations: { nodes: readonly Row[] };
    inboxCounts: { unread: number };
  }>(`{ inboxCounts { unread } conversations(filter: { status: [OPEN] }, first: 40) {
    nodes { id unreadCount contact { name } lastMessage { text } } } }`);
  return {
    title: inboxCounts.unread > 0 ? `(${String(inboxCounts.unread)}) Parley` : 'Parley',
    rows: conversations.nodes.map((row) => line(row.contact.name, row.lastMessage.text, row.unreadCount)),
    ids: new Map(conversations.nodes.map(({ id, contact }) => [contact.name, id])),
  };
}

/** What the page shows of them. */
export async function onPage(page: Page): Promise<InboxTruth> {
  const read = `[...document.querySelectorAll('.rows .row')].map((row) => ({
    name: row.querySelector('.row-name').textContent,
    preview: row.querySelector('.row-preview').textContent,
    unread: Number.parseInt(row.querySelector('.unread-count')?.textContent ?? '0', 10),
  }))`;
  const rows = await page.evaluate<{ name: string; preview: string; unread: number }[]>(read);
  return { title: await page.title(), rows: rows.map((row) => line(row.name, row.preview, row.unread)) };
}

const line = (name: string, said: string, unread: number) => `${name}, ${mark(said)}, ${String(unread)} unread`;

/** The numbers of a thread's messages as the server has them, the oldest first. */
export async function threadOnServer(client: TestClient, id: string): Promise<readonly string[]> {
  const { conversation } = await client.ask<{ conversation: { messages: { nodes: readonly { text: string }[] } } }>(
    'query ($id: ID!) { conversation(id: $id) { messages(first: 100) { nodes { text } } } }',
    { id },
  );
  return conversation.messages.nodes.map(({ text }) => mark(text)).toReversed();
}

/** The numbers of the messages of the open thread, from the top of the page down. */
export async function threadOnPage(pages: Dashboard): Promise<readonly string[]> {
  return (await pages.thread.getByRole('article').allInnerTexts()).map(mark);
}
