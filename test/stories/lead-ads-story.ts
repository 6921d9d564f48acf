import { Hints } from '../../src/platform/outbox/index.js';
import { eventually } from '../support/client.js';
import { GraphError } from '../support/graph-rules.js';
import { MetaStory, metaId, pageEvent } from './meta-story.js';

/** A form of an advert, as Graph has it. */
export interface AdForm {
  readonly id: string;
  readonly leads: Record<string, unknown>[];
}

/** A Page that is connected, and its channel. */
export interface AdPage {
  readonly pageId: string;
  readonly pageAccessToken: string;
  readonly channelId: string;
}

/** A lead as it is stored. */
export interface StoredLead {
  readonly external_id: string;
  readonly [column: string]: unknown;
}

const answers = (email: string) => [{ name: 'email', values: [email] }];

/** A form that somebody filled in, so many days ago. */
export function filled(formId: string, fields: unknown = answers(`${metaId('5')}@example.com`), daysAgo = 0) {
  const at = new Date(Date.now() - daysAgo * 86_400_000 - 5_000).toISOString().replace(/\.\d+Z$/, '+0000');
  return { id: metaId('12'), created_time: at, form_id: formId, field_data: fields };
}

/** Adverts with forms: Graph plays the platform, two leads a page, with the filter as it is documented. */
export class LeadAdsStory {
  private constructor(readonly meta: MetaStory) {}

  static async start(): Promise<LeadAdsStory> {
    return new LeadAdsStory(await MetaStory.start());
  }

  stop(): Promise<void> {
    return this.meta.stop();
  }

  /** A Page whose adverts have forms. */
  async page(forms: readonly AdForm[], more: Record<string, unknown> = { leadAds: true }): Promise<AdPage> {
    const { meta } = this;
    const input = { ...meta.newPage(), ...more };
    const { pageId, pageAccessToken } = input;
    meta.graph.edges.set(`${pageId}/leadgen_forms`, () => ({
      data: forms.map(({ id }) => ({ id, name: `Form ${id.slice(-4)}` })),
    }));
    for (const form of forms) {
      meta.graph.edges.set(`${form.id}/leads`, (url) => listed(form, url));
      for (const lead of form.leads) meta.graph.edges.set(String(lead['id']), () => lead);
    }
    const { id: channelId } = await meta.connect('messenger', input);
    return { pageId, pageAccessToken, channelId };
  }

  /** The platform has what somebody filled in, and tells so. */
  async fillIn(pageId: string, lead: ReturnType<typeof filled> & Record<string, unknown>): Promise<void> {
    this.meta.graph.edges.set(lead.id, () => lead);
    await this.tell(pageId, lead.id, lead.form_id);
  }

  /** The platform tells that a form was filled in. */
  tell(pageId: string, leadgenId: string, formId: string): Promise<unknown> {
    const value = { leadgen_id: leadgenId, page_id: pageId, form_id: formId, created_time: 1_790_000_000 };
    return this.meta.deliver(pageEvent('page', pageId, [{ field: 'leadgen', value }], 'changes'));
  }

  async stored(channelId: string): Promise<StoredLead[]> {
    const { rows } = await this.meta.sql.query<StoredLead>(
      'select * from leads where channel_id = $1 order by created_at, id',
      [channelId],
    );
    return rows;
  }

  leadOf(channelId: string, id: string): Promise<StoredLead> {
    return eventually(async () => (await this.stored(channelId)).find((lead) => lead.external_id === id) ?? null);
  }

  /** As when the time for it has come. */
  async pullAgain(channelId: string): Promise<void> {
    await this.meta.client.ask('mutation ($id: ID!) { setLeadAds(channelId: $id, enabled: true) { leadAds } }', {
      id: channelId,
    });
  }

  /** How often Graph was asked for this. */
  asked(id: string): number {
    return this.meta.graph.calls.filter((call) => call.path === id).length;
  }

  /** Nobody waits for the time at which a filled form would be asked for again. */
  async askAgainNow(): Promise<void> {
    const { rows } = await this.meta.sql.query<{ workspace_id: string; row_id: string }>(
      `update due set due_at = now() where kind = 'fetch-lead' and due_at > now() and leased_until is null returning workspace_id, row_id`,
    );
    const hints = this.meta.app.app.get(Hints);
    for (const row of rows) hints.give('fetch-lead', row.workspace_id, row.row_id);
  }

  /** What a channel shows of leads that did not come in. */
  async trouble(channelId: string): Promise<{ cause: string; forms: number; reason: string | null }[]> {
    const { channel } = await this.meta.client.ask<{
      channel: { leadTrouble: { cause: string; forms: number; reason: string | null }[] };
    }>('query ($id: ID!) { channel(id: $id) { leadTrouble { cause forms reason } } }', { id: channelId });
    return channel.leadTrouble;
  }
}

function listed(form: AdForm, url: URL): unknown {
  const [filter] = JSON.parse(url.searchParams.get('filtering') ?? '[]') as { field: string; value: number }[];
  if (filter?.field !== 'time_created') throw new GraphError(100);
  const found = form.leads
    .filter((lead) => Date.parse(String(lead['created_time'])) / 1_000 > filter.value)
    .sort((one, other) => (String(one['created_time']) < String(other['created_time']) ? 1 : -1));
  const from = Number(url.searchParams.get('after') ?? 0);
  const next = from + 2 < found.length ? { next: 'https://graph.example/next' } : {};
  return { data: found.slice(from, from + 2), paging: { cursors: { after: String(from + 2) }, ...next } };
}
