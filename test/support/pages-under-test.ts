import { eventually } from './client.js';
import { DraftsUnderTest } from './drafts.js';
import { KnowledgeSite } from './knowledge-site.js';

const sourceFields = `id kind status url error reason passages pages internal staleSince readAt updatedAt
  failing { url error reason } changes { at added removed kept }`;

/** A source as its workspace sees it. */
export interface Source {
  readonly id: string;
  readonly status: string;
  readonly error: string | null;
  readonly reason: string | null;
  readonly passages: number;
  readonly pages: number;
  readonly staleSince: string | null;
  readonly readAt: string | null;
  readonly failing: readonly { readonly url: string; readonly reason: string }[];
  readonly changes: {
    readonly at: string | null;
    readonly added: number;
    readonly removed: number;
    readonly kept: number;
  } | null;
}

/** Adds knowledge. */
export const add = 'mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id kind status url } }';

/** A workspace that reads the pages of a site. */
export class PagesUnderTest {
  private constructor(
    readonly site: KnowledgeSite,
    readonly drafts: DraftsUnderTest,
  ) {}

  static async start(): Promise<PagesUnderTest> {
    const site = await KnowledgeSite.start();
    return new PagesUnderTest(site, await DraftsUnderTest.start(site.allowed));
  }

  async stop(): Promise<void> {
    await this.drafts.stop();
    await this.site.stop();
  }

  /** Gives a path of the site to be read; the id of the source. */
  async added(path: string): Promise<string> {
    const { addKnowledge } = await this.drafts.client.ask<{ addKnowledge: { id: string; status: string } }>(add, {
      input: { kind: 'URL', title: path, url: `${this.site.url}${path}` },
    });
    if (addKnowledge.status !== 'PENDING') throw new Error(`It is not to be read: ${addKnowledge.status}`);
    return addKnowledge.id;
  }

  async sourceOf(id: string): Promise<Source> {
    const { knowledge } = await this.drafts.client.ask<{ knowledge: { nodes: Source[] } }>(
      `{ knowledge(first: 100) { nodes { ${sourceFields} } } }`,
    );
    const found = knowledge.nodes.find((node) => node.id === id);
    if (found === undefined) throw new Error('The source is gone.');
    return found;
  }

  /** The source once it has been read after a moment. */
  readAfter(id: string, moment: string | null): Promise<Source> {
    return eventually(async () => {
      const source = await this.sourceOf(id);
      return source.readAt !== null && source.readAt !== moment && source.status !== 'PENDING' ? source : null;
    });
  }

  /** The source once it was read again. */
  async again(id: string): Promise<Source> {
    const { readAt } = await this.sourceOf(id);
    await this.drafts.client.ask('mutation ($id: ID!) { refreshKnowledge(id: $id) { id } }', { id });
    return this.readAfter(id, readAt);
  }

  async remove(id: string): Promise<void> {
    await this.drafts.client.ask('mutation ($id: ID!) { deleteKnowledge(id: $id) }', { id });
  }
}
