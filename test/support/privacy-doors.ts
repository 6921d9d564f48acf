import { createHmac } from 'node:crypto';
import { type CaughtMail } from '../../apps/sandbox/mail/catcher.js';
import { Config } from '../../src/platform/config/index.js';
import { appSecret } from './app.js';
import { eventually } from './client.js';
import { InboxUnderTest, type TestInbox } from './inbox.js';
import { mailsIn } from './written-mails.js';

export const shopifySecret = 'test-client-secret';

/** How a request stands, as its page says to programs. */
export interface RequestStateAnswer {
  readonly status: string;
  readonly kind?: string;
  readonly received_at: string;
  readonly due_at: string;
}

/** The server with two workspaces, and every door by which somebody asks under the law without being signed in. */
export class PrivacyDoors {
  private constructor(
    readonly under: InboxUnderTest,
    readonly ada: TestInbox,
    readonly bea: TestInbox,
    private readonly mailChannel: string,
  ) {}

  static async open(environment: Record<string, string> = {}): Promise<PrivacyDoors> {
    const under = await InboxUnderTest.start({ environment: { SHOPIFY_CLIENT_SECRET: shopifySecret, ...environment } });
    const ada = await under.inbox('Ada');
    const bea = await under.inbox('Bea');
    await under.admin.query('update users set email_verified_at = now()');
    const mailChannel = await under.channel(ada.workspaceId, { kind: 'EMAIL', external_id: 'shop@shop.example' });
    return new PrivacyDoors(under, ada, bea, mailChannel);
  }

  /** The public form, as a program sends it. */
  send(body: Record<string, unknown>): Promise<Response> {
    return fetch(`${this.under.app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** The same where it has to be taken; gives the code. */
  async asked(body: Record<string, unknown>): Promise<string> {
    const answer = await this.send(body);
    expect(answer.status).toBe(202);
    const { confirmation_code, statusUrl } = (await answer.json()) as { confirmation_code: string; statusUrl: string };
    expect(statusUrl).toMatch(new RegExp(`/privacy/requests/${confirmation_code}$`));
    return confirmation_code;
  }

  async stateOf(code: string): Promise<RequestStateAnswer> {
    const answer = await fetch(`${this.under.app.url}/privacy/requests/${code}`, {
      headers: { accept: 'application/json' },
    });
    return (await answer.json()) as RequestStateAnswer;
  }

  done(code: string): Promise<true> {
    return eventually(async () => ((await this.stateOf(code)).status === 'COMPLETED' ? true : null), 30_000);
  }

  /** Where a request is: the id of its workspace, or null on the operator's desk. */
  async placeOf(code: string): Promise<string | null> {
    const { rows } = await this.under.admin.query<{ workspace_id: string | null }>(
      `select workspace_id from privacy_requests where code = $1 union all select null from instance_privacy_requests where code = $1`,
      [code],
    );
    expect(rows).toHaveLength(1);
    return rows[0]?.workspace_id ?? null;
  }

  placed(code: string, workspaceId: string): Promise<true> {
    return eventually(async () => ((await this.placeOf(code)) === workspaceId ? true : null), 20_000);
  }

  /** The job that looks for its workspace is done. */
  lookedFor(): Promise<true> {
    return eventually(async () => {
      const { rows } = await this.under.admin.query("select from due where kind = 'route-privacy-request'");
      return rows.length === 0 ? true : null;
    }, 20_000);
  }

  /** How many requests there are, wherever they are. */
  async count(): Promise<number> {
    return (await this.under.admin.query('select from privacy_codes')).rowCount ?? 0;
  }

  async mailsTo(address: string): Promise<CaughtMail[]> {
    const mails = await mailsIn(this.under.app.app.get(Config).mailFolder);
    return mails.filter(({ to }) => to.includes(address));
  }

  /** The link of the newest mail by which somebody proves their address. */
  linkTo(address: string): Promise<string> {
    return eventually(async () => {
      const links = (await this.mailsTo(address)).map(
        ({ text }) => /https?:\/\/[^/\s]+(\/\S+\/verify\?token=[\w-]+)/.exec(text)?.[1],
      );
      const link = links.filter((one) => one !== undefined).at(-1);
      return link === undefined ? null : `${this.under.app.url}${link}`;
    }, 15_000);
  }

  /** Somebody whom Ada's workspace knows by their mail address. */
  async writer(address: string): Promise<string> {
    const { under, ada } = this;
    const id = await under.contact(ada.workspaceId, { emails: [address] });
    await under.identity(ada.workspaceId, { channel_id: this.mailChannel, contact_id: id, external_id: address });
    return id;
  }

  /** Meta's call, with these words as its one field. */
  deletionCall(form: string | URLSearchParams, method = 'POST'): Promise<Response> {
    return fetch(`${this.under.app.url}/webhooks/meta/data-deletion`, {
      method,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...(method === 'POST' && { body: form.toString() }),
    });
  }

  askedByMeta(request: string): Promise<Response> {
    return this.deletionCall(new URLSearchParams({ signed_request: request }));
  }

  /** A compliance topic, signed by Shopify's secret where no other signature is given. */
  askedByShopify(topic: string, body: Record<string, unknown>, hmac?: string): Promise<Response> {
    const text = JSON.stringify(body);
    const given = hmac ?? createHmac('sha256', shopifySecret).update(text).digest('base64');
    return fetch(`${this.under.app.url}/webhooks/shopify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-topic': topic, 'x-shopify-hmac-sha256': given },
      body: text,
    });
  }

  close(): Promise<void> {
    return this.under.stop();
  }
}

/** A `signed_request` of Meta. */
export function signedByMeta(payload: Record<string, unknown>, secret = appSecret): string {
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`;
}

/** Days that a request has. */
export function daysOf({ received_at, due_at }: RequestStateAnswer): number {
  return (Date.parse(due_at) - Date.parse(received_at)) / 86_400_000;
}
