import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConnectInstagram } from '../../src/channels/meta/connect-instagram.js';
import { ConnectMessenger } from '../../src/channels/meta/connect-messenger.js';
import { ConnectWhatsApp } from '../../src/channels/meta/connect-whats-app.js';
import { DeauthorizeController } from '../../src/channels/meta/deauthorize.controller.js';
import { ChannelExpired, ChannelExpiring, MessagesMissed } from '../../src/channels/channels.events.js';
import type { MemberActor } from '../../src/platform/access/index.js';
import { Facts } from '../../src/platform/outbox/index.js';
import { Queues } from '../../src/platform/queue/index.js';
import { ChannelsUnderTest, app, origin } from './channels.js';
import type { GraphCall, GraphReply } from './fake-graph.js';

export const person = '730055501';

/** Channels, a Graph that a test turns, and a clock that it moves by moving the rows. */
export class LifeUnderTest {
  readonly facts: object[] = [];
  /** What Graph says of each path; everything else is as a healthy connection has it. */
  readonly say = new Map<string, (call: GraphCall) => GraphReply>();
  private number = 920_000_000_000_000;

  private constructor(readonly channels: ChannelsUnderTest) {}

  static async start(): Promise<LifeUnderTest> {
    const life = new LifeUnderTest(await ChannelsUnderTest.start());
    const keep = async (_: unknown, fact: object) => void life.facts.push(fact);
    for (const fact of [ChannelExpired, ChannelExpiring, MessagesMissed])
      life.channels.module.get(Facts).on<object>(fact, keep);
    return life;
  }

  stop(): Promise<void> {
    return this.channels.stop();
  }

  /** Forgets what Graph was told and what came of it. */
  forget(): void {
    this.facts.length = 0;
    this.say.clear();
    this.channels.graph.calls.length = 0;
    this.channels.graph.answer = (call) => this.answer(call);
  }

  async messenger(owner?: MemberActor, leadAds = false) {
    const actor = owner ?? (await this.channels.workspace());
    const pageId = String((this.number += 1));
    const input = { pageId, pageAccessToken: `EAAP${pageId}`, leadAds };
    const { id } = await this.channels.module.get(ConnectMessenger).run(actor, origin, input);
    return this.connected(actor, id, pageId);
  }

  async instagramLogin(owner?: MemberActor) {
    const actor = owner ?? (await this.channels.workspace());
    const accountId = String((this.number += 1));
    const input = { accountId, accessToken: `IGAA${accountId}` };
    const { id } = await this.channels.module.get(ConnectInstagram).run(actor, origin, input);
    return this.connected(actor, id, accountId);
  }

  async whatsApp(owner?: MemberActor, known?: string) {
    const actor = owner ?? (await this.channels.workspace());
    const phoneNumberId = known ?? String((this.number += 1));
    const input = { wabaId: `77${phoneNumberId}`, phoneNumberId, accessToken: `EAAS${phoneNumberId}` };
    const { id } = await this.channels.module.get(ConnectWhatsApp).run(actor, origin, input);
    return this.connected(actor, id, phoneNumberId);
  }

  /** Moves a channel's clock: how old its consent is, and how many days its token has left. */
  async age(id: string, days: number, left: number | null): Promise<void> {
    await this.channels.admin.query(
      `update channels set granted_at = now() - make_interval(secs => $2), token_expires_at = now() + make_interval(secs => $3) where id = $1`,
      [id, days * 86_400, left === null ? null : left * 86_400],
    );
  }

  /** Runs a job of a channel now, whatever its time; gives in how many seconds it wants to run again, null for never. */
  async runJob(kind: string, id: string): Promise<number | null> {
    await this.channels.admin.query(
      `insert into due (kind, workspace_id, row_id, due_at) select $1, workspace_id, id, now() - interval '20 seconds' from channels where id = $2
       on conflict (kind, workspace_id, row_id) do update set due_at = excluded.due_at, lease = null, leased_until = null, attempts = 0, set_aside_at = null, generation = due.generation + 1, reason = 'to run'`,
      [kind, id],
    );
    await this.channels.module.get(Queues).sweep();
    for (let round = 0; round < 250; round += 1) {
      const [row] = await this.rows(
        `select extract(epoch from due_at - now())::float8 as seconds, attempts from due where kind = $1 and row_id = $2`,
        kind,
        id,
      );
      if (row === undefined) return null;
      if (Number(row['seconds']) > 0) return Math.round(Number(row['seconds']));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`The job ${kind} did not end.`);
  }

  async row(id: string): Promise<Record<string, unknown>> {
    const [row] = await this.rows(
      `select status, token, last_error, external_id, name, settings, gap_since,
              extract(epoch from token_expires_at - now())::float8 / 86400 as days from channels where id = $1`,
      id,
    );
    if (row === undefined) throw new Error('There is no such channel.');
    return row;
  }

  async rows(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.channels.admin.query<Record<string, unknown>>(text, values)).rows;
  }

  /** The calls since the last `forget`, as `METHOD path`. */
  get calls(): string[] {
    return this.channels.graph.calls.map(({ method, path }) => `${method} ${path}`);
  }

  /** Meta's word that somebody removed the app. */
  async deauthorize(payload: Record<string, unknown>, secret = app.secret, form?: string) {
    const encoded = Buffer.from(JSON.stringify({ algorithm: 'HMAC-SHA256', ...payload })).toString('base64url');
    const signed = `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`;
    const answer = { status: 200 };
    const reply = { type: () => reply, status: (status: number) => ((answer.status = status), reply) };
    const body = Buffer.from(form ?? new URLSearchParams({ signed_request: signed }).toString());
    await this.channels.module
      .get(DeauthorizeController)
      .receive({ body } as unknown as FastifyRequest, reply as unknown as FastifyReply);
    return answer.status;
  }

  /** Waits for the jobs that a connection schedules at once, and that find nothing to do. */
  private async connected(owner: MemberActor, id: string, account: string) {
    for (let round = 0; round < 200; round += 1) {
      const waiting = await this.rows('select 1 from due where row_id = $1 and due_at <= now()', id);
      if (waiting.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.channels.graph.calls.length = 0;
    return { owner, id, account };
  }

  private answer(call: GraphCall): GraphReply {
    const said = this.say.get(call.path) ?? this.say.get(call.path.split('/').at(-1) ?? '');
    if (said !== undefined) return said(call);
    if (call.path === 'debug_token') {
      const type = call.query['input_token']?.startsWith('EAAS') === true ? 'SYSTEM_USER' : 'PAGE';
      return { body: { data: { is_valid: true, app_id: app.id, user_id: person, type, expires_at: 0, scopes: [] } } };
    }
    if (call.path.endsWith('/subscribed_apps') && call.method === 'GET') {
      const fields = ['messages', 'leadgen'];
      return { body: { data: [{ id: app.id, subscribed_fields: fields }] } };
    }
    if (call.path.endsWith('/phone_numbers')) {
      const id = call.path.slice(2).split('/')[0];
      return { body: { data: [{ id, display_phone_number: '+90 555 000 00 01' }] } };
    }
    if (call.path === 'ig:me') {
      const id = call.token?.replace(/^IGAA/, '');
      return { body: { user_id: id, id, username: 'demo.atelier' } };
    }
    if (call.method !== 'GET' || call.path.includes('oauth')) return { body: { success: true } };
    return { body: { id: call.path, name: 'Demo Shop' } };
  }
}
