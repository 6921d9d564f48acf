import { Config } from '../../src/platform/config/index.js';
import { eventually } from './client.js';
import type { InboxUnderTest, TestInbox } from './inbox.js';
import { mailsIn } from './written-mails.js';

/** A privacy request as the desk shows it. */
export interface ShownRequest {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly subject: string;
  readonly confirmationCode: string;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly extendedUntil: string | null;
  readonly extensionReason: string | null;
  readonly noticeSentAt: string | null;
  readonly completedAt: string | null;
  readonly minor: boolean;
  readonly note: string | null;
  readonly unclear: boolean;
  readonly rectification: unknown;
  readonly rectified: readonly string[];
  readonly contacts: { id: string }[];
  readonly history: { status: string; note: string | null }[];
}

/** What is asked for of it. */
export const requestFields = `id kind status subject confirmationCode receivedAt dueAt extendedUntil extensionReason noticeSentAt
  completedAt minor note unclear rectification rectified contacts { id } history { status note }`;
const opening = `mutation ($input: OpenPrivacyRequestInput!) { done: openPrivacyRequest(input: $input) { ${requestFields} } }`;

/** The privacy desk of a workspace, as its members use it, and the mails that go out from it. */
export class PrivacyDesk {
  private constructor(
    readonly under: InboxUnderTest,
    readonly inbox: TestInbox,
    private readonly mailChannel: string,
  ) {}

  static async of(under: InboxUnderTest, inbox: TestInbox): Promise<PrivacyDesk> {
    const address = `shop-${inbox.workspaceId}@shop.example`;
    return new PrivacyDesk(
      under,
      inbox,
      await under.channel(inbox.workspaceId, { kind: 'EMAIL', external_id: address }),
    );
  }

  async ask(document: string, variables: Record<string, unknown>): Promise<ShownRequest> {
    return (await this.inbox.client.ask<{ done: ShownRequest }>(document, variables)).done;
  }

  open(input: Record<string, unknown>): Promise<ShownRequest> {
    return this.ask(opening, { input });
  }

  /** The code by which opening it is refused. */
  refusedToOpen(input: Record<string, unknown>): Promise<string | null> {
    return this.inbox.client.refusal(opening, { input });
  }

  shown(id: string): Promise<ShownRequest> {
    return this.ask(`query ($id: ID!) { done: privacyRequest(id: $id) { ${requestFields} } }`, { id });
  }

  /** A mutation with the request's id and other arguments, as they stand in a document. */
  act(name: string, more: string, id: string): Promise<ShownRequest> {
    return this.ask(`mutation ($id: ID!) { done: ${name}(id: $id, ${more}) { ${requestFields} } }`, { id });
  }

  /** The code by which it is refused. */
  refused(name: string, more: string, id: string, inbox = this.inbox): Promise<string | null> {
    return inbox.client.refusal(`mutation ($id: ID!) { done: ${name}(id: $id, ${more}) { id } }`, { id });
  }

  verify(id: string, evidence = 'Showed her order'): Promise<ShownRequest> {
    return this.act('verifyPrivacyRequest', `evidence: ${JSON.stringify(evidence)}`, id);
  }

  match(id: string, contactIds: readonly string[]): Promise<ShownRequest> {
    return this.act('matchPrivacyRequest', `contactIds: ${JSON.stringify(contactIds)}`, id);
  }

  reject(id: string, reason: string): Promise<ShownRequest> {
    return this.act('rejectPrivacyRequest', `reason: ${JSON.stringify(reason)}`, id);
  }

  askForProof(id: string, message: string): Promise<ShownRequest> {
    return this.act('askForProof', `message: ${JSON.stringify(message)}`, id);
  }

  /** Somebody who writes by mail from this address. */
  async writer(address: string, more: Record<string, unknown> = {}): Promise<string> {
    const { workspaceId } = this.inbox;
    const id = await this.under.contact(workspaceId, { emails: [address], ...more });
    await this.under.identity(workspaceId, { channel_id: this.mailChannel, contact_id: id, external_id: address });
    return id;
  }

  /** A request by the public form; gives its code. */
  async askedInPublic(given: Record<string, unknown>): Promise<string> {
    const answer = await fetch(`${this.under.app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
    });
    if (answer.status !== 200 && answer.status !== 201 && answer.status !== 202)
      throw new Error(`The form answered ${String(answer.status)}.`);
    return ((await answer.json()) as { confirmation_code: string }).confirmation_code;
  }

  async mailsTo(address: string): Promise<{ subject: string; text: string }[]> {
    const mails = await mailsIn(this.under.app.app.get(Config).mailFolder);
    return mails.filter(({ to }) => to.includes(address)).map(({ subject, text }) => ({ subject, text }));
  }

  mailAbout(address: string, subject: string): Promise<{ subject: string; text: string }> {
    return eventually(
      async () => (await this.mailsTo(address)).find((mail) => mail.subject.includes(subject)) ?? null,
      15_000,
    );
  }

  /** The link by which whoever has the address proves it. */
  async linkTo(address: string, subject = 'confirm who you are'): Promise<string> {
    const { text } = await this.mailAbout(address, subject);
    const link = /\/privacy\S+\/verify\?token=[\w-]+/.exec(text)?.[0] ?? '';
    return `${this.under.app.url}${link}`;
  }

  /** Presses the button of such a link; gives the status of the answer. */
  async press(link: string): Promise<number> {
    return (await fetch(link, { method: 'POST' })).status;
  }

  async marksOf(id: string): Promise<{ restricted: boolean; objected: boolean; name: string | null } | undefined> {
    const { rows } = await this.under.admin.query<{ restricted: boolean; objected: boolean; name: string | null }>(
      'select processing_restricted as restricted, automation_objected as objected, name from contacts where id = $1',
      [id],
    );
    return rows[0];
  }
}
