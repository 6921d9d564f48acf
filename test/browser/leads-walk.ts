import type { Locator } from 'playwright-core';
import { eventually } from '../support/client.js';
import type { Walk } from './walk.js';

/** What a person does with leads on the pages, and what others do meanwhile. */
export class LeadsWalk {
  constructor(private readonly walk: Walk) {}

  column(status: string): Locator {
    return this.walk.main.getByRole('region', { name: new RegExp(`^${status}`, 'u') });
  }

  card(status: string, name: string): Locator {
    return this.column(status).getByRole('listitem').filter({ hasText: name }).getByRole('link');
  }

  /** One lead, beside all of them. */
  get pane(): Locator {
    return this.walk.page.getByRole('complementary', { name: 'Lead' });
  }

  /** The address of a page of this workspace. */
  at(place: string): string {
    return this.walk.page.url().replace(/(\/w\/[^/]+)\/.*$/u, `$1/${place}`);
  }

  /** Waits until the server has it so. */
  async settled(name: string, status: string): Promise<void> {
    const statement = 'select status from leads where name = $1';
    await eventually(async () => {
      const { rows } = await this.walk.sql.query<{ status: string }>(statement, [name]);
      return rows[0]?.status === status ? true : null;
    });
  }

  /** What somebody else does meanwhile, past this page. */
  async elsewhere(query: string, variables: object): Promise<void> {
    const { page, app } = this.walk;
    const workspace = /\/w\/([^/]+)/u.exec(page.url())?.[1] ?? '';
    const answer = await page.request.post(`${app.url}/graphql`, {
      headers: { 'x-parley-client': 'test', 'x-workspace-id': workspace, origin: app.url },
      data: { query, variables },
    });
    const { errors } = (await answer.json()) as { errors?: unknown };
    expect(errors).toBeUndefined();
  }

  async added(input: object): Promise<void> {
    await this.elsewhere('mutation ($input: CreateLeadInput!) { createLead(input: $input) { id } }', { input });
  }
}
