import { createHmac } from 'node:crypto';
import { eventually } from '../support/client.js';
import { mailFrom } from '../support/mail-host.js';
import { shopifySecret, signedByMeta } from '../support/privacy-doors.js';
import { EveryChannel, type Person, privacyAddress, shopAddress } from './every-channel.js';
import { residue } from './residue.js';

let house: EveryChannel;

beforeAll(async () => {
  house = await EveryChannel.connect();
}, 120_000);
afterAll(() => house.stop());

const url = (path: string) => `${house.story.app.url}${path}`;
async function post(path: string, body: string, headers: Record<string, string>): Promise<Response> {
  const answer = await fetch(url(path), { method: 'POST', body, headers });
  expect(answer.status).toBeLessThan(300);
  return answer;
}
const codeOf = async (answer: Response) => ((await answer.json()) as { confirmation_code: string }).confirmation_code;
/** The newest request by a door. */
const newest = (origin: string, since: ReadonlySet<string>) =>
  eventually(async () => {
    const { rows } = await house.story.owner.query<{ code: string }>(
      `select code from privacy_requests where origin = $1 union all select code from instance_privacy_requests where origin = $1`,
      [origin],
    );
    return rows.map(({ code }) => code).find((code) => !since.has(code)) ?? null;
  }, 30_000);
const known = async () => {
  const { rows } = await house.story.owner.query<{ code: string }>(
    'select code from privacy_requests union all select code from instance_privacy_requests',
  );
  return new Set(rows.map(({ code }) => code));
};
async function follow(address: string): Promise<void> {
  const link = await eventually(async () => {
    const mails = house.caught.mails.filter(({ to }) => to.includes(address));
    return (
      mails
        .map(({ text }) => /(\/privacy\/\S+\/verify\?token=[\w-]+)/.exec(text)?.[1])
        .find((one) => one !== undefined) ?? null
    );
  }, 30_000);
  await post(link, '', {});
}

/** Each way by which somebody comes to be erased: gives the code of what it opened. */
const roads: Readonly<Record<string, (person: Person) => Promise<string>>> = {
  'the form, and the link in our mail': async ({ mail }) => {
    const body = JSON.stringify({ text: 'Please delete all that you have', email: mail });
    const code = await codeOf(await post('/privacy/requests', body, { 'content-type': 'application/json' }));
    await follow(mail);
    return code;
  },
  'a mail in Turkish, and the link in our answer': async ({ mail }) => {
    const before = await known();
    const { raw } = mailFrom(mail, {
      headers: { To: privacyAddress },
      subject: 'Verilerim',
      text: 'Merhaba, kişisel verilerimin silinmesini talep ediyorum.',
    });
    house.privacyMailbox.deliver(raw);
    const code = await newest('EMAIL', before);
    await follow(mail);
    return code;
  },
  "Meta's call": async ({ pageScopedId }) => {
    const request = signedByMeta({
      user_id: pageScopedId,
      algorithm: 'HMAC-SHA256',
      issued_at: Math.floor(Date.now() / 1_000),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return codeOf(await post('/webhooks/meta/data-deletion', `signed_request=${request}`, headers));
  },
  "Shopify's call": async ({ mail }) => {
    const before = await known();
    const body = JSON.stringify({ shop_id: 1, shop_domain: shopAddress, customer: { id: 1, email: mail } });
    await post('/webhooks/shopify', body, {
      'content-type': 'application/json',
      'x-shopify-topic': 'customers/redact',
      'x-shopify-hmac-sha256': createHmac('sha256', shopifySecret).update(body).digest('base64'),
    });
    return newest('SHOPIFY', before);
  },
  'the chat': async ({ visitor }) => {
    const { body } = await visitor.call<{ confirmation_code: string }>('POST', 'forget');
    return body.confirmation_code;
  },
};

describe('somebody who wrote on every channel: P2, G19 [promise 66] [promise 67]', () => {
  it.each(Object.keys(roads))(
    'leaves no byte anywhere by way of %s',
    async (road) => {
      const person = await house.person();
      expect(residue(await house.everything(), [person.mail])).not.toEqual([]);
      const code = (await roads[road]?.(person)) ?? '';
      await house.done(code);
      expect(residue(await house.everything(), person.words)).toEqual([]);
    },
    180_000,
  );

  it('leaves nothing of one conversation, on whatever channel, and all of the others [promise 57]', async () => {
    const { conversations } = await house.person();
    for (const [channel, { id, words }] of Object.entries(conversations)) {
      const { deleteConversation } = await house.story.client.ask<{ deleteConversation: { confirmationCode: string } }>(
        'mutation ($id: ID!) { deleteConversation(id: $id) { confirmationCode } }',
        { id },
      );
      await house.done(deleteConversation.confirmationCode);
      expect([channel, residue(await house.everything(), words)]).toEqual([channel, []]);
      delete (conversations as Record<string, unknown>)[channel];
      const others = Object.values(conversations).flatMap((one) => one.words[0] ?? []);
      const everything = await house.everything();
      expect(others.filter((word) => residue(everything, [word]).length === 0)).toEqual([]);
    }
  }, 180_000);

  it('leaves nothing of what is too old, on any channel, once it is kept for a time, and all that is younger', async () => {
    const [young, old] = [await house.person(), await house.person()];
    // Uploads of the chat go a day after they came, and a copy that somebody asked for, which names them, when its link ends,
    // whatever else is kept: neither is over here.
    const said = ({ conversations }: Person) =>
      Object.values(conversations).flatMap(({ words }) => words.filter((word) => !/^(unsent|upload)/.test(word)));
    const kept = said(young);
    const before = await house.everything();
    expect([...said(old), ...kept].filter((word) => residue(before, [word]).length === 0)).toEqual([]);
    await house.story.owner.query(
      `update conversations set last_activity_at = now() - interval '30 days' where id = any ($1)`,
      [Object.values(old.conversations).map(({ id }) => id)],
    );
    await house.story.client.ask('mutation { setRetention(conversationsDays: 20) { conversationsDays } }');
    await eventually(async () => {
      const { rowCount: left } = await house.story.owner.query('select from conversations where id = any ($1)', [
        Object.values(old.conversations).map(({ id }) => id),
      ]);
      const { rowCount: files } = await house.story.owner.query(
        `select from due where kind = 'remove-file' and due_at < now() + interval '5 seconds'`,
      );
      return left === 0 && files === 0 ? true : null;
    }, 60_000);
    const after = await house.everything();
    expect(residue(after, said(old))).toEqual([]);
    expect(kept.filter((word) => residue(after, [word]).length === 0)).toEqual([]);
    // Who they are is kept for as long as it was: nobody asked for its end.
    expect(residue(after, [old.mail])).not.toEqual([]);
  }, 240_000);
});
