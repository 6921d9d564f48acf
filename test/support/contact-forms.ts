import { randomInt, randomUUID } from 'node:crypto';
import { Config } from '../../src/platform/config/index.js';
import { InboxUnderTest, type TestInbox } from './inbox.js';
import { mailsIn } from './written-mails.js';

/** A contact form as whoever made it sees it. */
export interface TestForm {
  readonly id: string;
  readonly publicKey: string;
  readonly embedSnippet: string;
  readonly answerOnly: boolean;
}

/** The site that the forms of these tests stand on. */
export const site = 'https://shop.example';

/** A network that nobody sent anything from yet: what one sends is counted. */
export const anAddress = () => `198.18.${String(randomInt(256))}.${String(randomInt(256))}`;
/** An address that nobody knows yet. */
export const newEmail = () => `grace-${randomUUID().slice(0, 8)}@example.org`;

/** Makes a form that stands on the site. */
export async function makeForm(
  { client }: TestInbox,
  more: { allowedDomains?: string[]; answerOnly?: boolean } = {},
): Promise<TestForm> {
  const { createContactForm } = await client.ask<{ createContactForm: TestForm }>(
    `mutation ($name: String!, $allowedDomains: [String!]!, $answerOnly: Boolean) {
       createContactForm(name: $name, allowedDomains: $allowedDomains, answerOnly: $answerOnly) {
         id publicKey embedSnippet answerOnly } }`,
    { name: 'Contact', allowedDomains: ['shop.example'], ...more },
  );
  return createContactForm;
}

/** A server with one inbox that has a form, and what people send in. */
export class FormsUnderTest {
  under!: InboxUnderTest;
  ada!: TestInbox;
  form!: TestForm;

  /** Declares that it stands before the first test of a file, and is stopped after the last. */
  static declare(): FormsUnderTest {
    const forms = new FormsUnderTest();
    beforeAll(async () => {
      forms.under = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
      forms.ada = await forms.under.inbox();
      forms.form = await makeForm(forms.ada);
    }, 60_000);
    afterAll(() => forms.under?.stop());
    return forms;
  }

  /** Sends a form in, as JSON or as a page does, from the site and from a new network. */
  send(
    body: Record<string, unknown> | string,
    more: { key?: string; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const plain = typeof body === 'string';
    return fetch(`${this.under.app.url}/forms/v1/${more.key ?? this.form.publicKey}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        origin: site,
        'x-forwarded-for': anAddress(),
        'content-type': plain ? 'application/x-www-form-urlencoded' : 'application/json',
        ...more.headers,
      },
      body: plain ? body : JSON.stringify(body),
    });
  }

  /** The leads of an address. */
  async leadsOf(email: string): Promise<Record<string, unknown>[]> {
    const { rows } = await this.under.admin.query<Record<string, unknown>>(
      `select l.*, k.answer_only as contact_answer_only from leads l
         join contacts k on k.workspace_id = l.workspace_id and k.id = l.contact_id where l.email = $1`,
      [email],
    );
    return rows;
  }

  /** The mails that went to an address. */
  async mailsTo(email: string) {
    return (await mailsIn(this.under.app.app.get(Config).mailFolder)).filter((mail) => mail.to.includes(email));
  }

  /** How many mails that thank for a form wait to be sent. */
  async queuedMails(): Promise<number> {
    return (await this.under.admin.query(`select from mails where template = 'form-received'`)).rowCount ?? 0;
  }
}
