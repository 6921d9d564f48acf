import { PrivacyDoors, daysOf } from '../../../test/support/privacy-doors.js';
import type { PrivacyRequestKind } from './enums.js';
import { readPublicRequest } from './public-request.js';

let doors: PrivacyDoors;

beforeAll(async () => {
  doors = await PrivacyDoors.open();
}, 60_000);
afterAll(() => doors.close());

const isRestricted = async (id: string) =>
  (
    await doors.under.admin.query<{ on: boolean }>('select processing_restricted as on from contacts where id = $1', [
      id,
    ])
  ).rows[0]?.on;

describe('the public form', () => {
  it('takes free text, and everything that helps to find somebody; 30 days [promise 59] [promise 61] [promise 64]', async () => {
    const code = await doors.asked({ text: 'Please delete all that you have about me' });
    const state = await doors.stateOf(code);
    expect(state).toMatchObject({ status: 'VERIFYING', kind: 'ERASE' });
    expect(daysOf(state)).toBeCloseTo(30, 1);
    for (const hint of [
      { website: 'https://www.shop.example/contact' },
      { handle: '@grace', channel: 'instagram' },
      { phone: '+90 555 111 22 33' },
      { businessName: 'A shop', from: '2026-05-01', to: '2026-05-31' },
    ])
      expect((await doors.stateOf(await doors.asked({ kind: 'access', ...hint }))).kind).toBe('ACCESS');
    expect(daysOf(await doors.stateOf(await doors.asked({ text: 'a copy', law: 'ccpa' })))).toBeCloseTo(45, 1);
  });

  it('is a form without a script as well, in English and Turkish [promise 56]', async () => {
    for (const [language, sections] of [
      ['en', ['I wrote to a business', 'I have an account here', 'Shopify', 'I am not sure', 'controller']],
      ['tr', ['Bir işletmeye yazdım', 'Burada bir hesabım var', 'Shopify', 'Emin değilim', 'veri sorumlusu']],
    ] as const) {
      const html = await (await fetch(`${doors.under.app.url}/privacy?lang=${language}`)).text();
      for (const section of sections) expect(html).toContain(section);
      expect(html).toContain(`action="/privacy/requests?lang=${language}"`);
      const inputs = [...html.matchAll(/<(?:input|select|textarea) id="(\w+)"/g)].map(([, id]) => id);
      expect(inputs.length).toBeGreaterThan(8);
      for (const id of inputs) expect(html).toContain(`<label for="${String(id)}">`);
    }
    const answer = await fetch(`${doors.under.app.url}/privacy/requests?lang=tr`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ text: 'Verilerimi silin', kind: '', email: '', minor: 'true' }).toString(),
    });
    expect(answer.status).toBe(303);
    const code = answer.headers.get('location')?.split('/').at(-1) ?? '';
    const { rows } = await doors.under.admin.query(
      'select kind, law, language, minor from instance_privacy_requests where code = $1',
      [code],
    );
    expect(rows).toEqual([{ kind: 'ERASE', law: 'KVKK', language: 'tr', minor: true }]);
  });

  it('refuses what says nothing, by the field at fault', async () => {
    for (const [body, field] of [
      [{}, 'text'],
      [{ text: '   ', email: 'nothing' }, 'email'],
      [{ text: 'x', kind: 'NONE' }, 'kind'],
      [{ text: 'x', phone: 'abc' }, 'phone'],
      [{ text: 7 }, 'text'],
      [{ text: 'x'.repeat(10_001) }, 'note'],
    ] as const) {
      const answer = await doors.send(body);
      expect([answer.status, ((await answer.json()) as { field?: string }).field]).toEqual([422, field]);
    }
    for (const body of ['', '[]', '{', 'null'])
      expect(
        (
          await fetch(`${doors.under.app.url}/privacy/requests`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          })
        ).status,
      ).toBe(422);
  });

  it.each([
    ['en', { text: 'x', email: 'nothing' }, 422, 'The e-mail address is none'],
    ['tr', { text: 'x', email: 'nothing' }, 422, 'Bu bir e-posta adresi değil'],
    ['en', { text: 'x', phone: 'abc' }, 422, 'with its country code'],
    ['tr', { text: 'x', from: 'tomorrow' }, 422, 'Günlerden biri tarih değil'],
    ['tr', { text: 'x'.repeat(10_001) }, 422, 'en fazla 10000 karakter'],
    ['en', { text: 'x', kind: '<b>' }, 422, 'Say in a few words'],
    ['tr', {}, 422, 'birkaç sözle yazın'],
  ])('without a script says on a page (%s) what is to be put right: %j', async (language, given, status, words) => {
    const before = await doors.count();
    const answer = await fetch(`${doors.under.app.url}/privacy/requests?lang=${language}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      body: new URLSearchParams({ kind: '', email: '', ...given }).toString(),
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    const page = await answer.text();
    expect(page).toContain(words);
    expect(page).toContain('mailto:');
    expect(page).not.toContain('{most}');
    expect(await doors.count()).toBe(before);
  });

  it.each([
    ['Please forget me', 'ERASE'],
    ['Bana ait her şeyi silin', 'ERASE'],
    ['My name is wrong', 'RECTIFY'],
    ['bir kopyasını istiyorum', 'ACCESS'],
    ['No automatic answers', 'OBJECT_AUTOMATED'],
    ['Kullanılmasına itiraz ediyorum', 'OBJECT'],
  ])('understands %s', (text, kind) => {
    expect(readPublicRequest({ text }).kind).toBe(kind as PrivacyRequestKind);
  });

  it('goes to the one workspace that knows them, and runs once the address is proved [promise 50]', async () => {
    const contact = await doors.writer('grace@example.com');
    const code = await doors.asked({ text: 'stop', kind: 'RESTRICT', email: 'grace@example.com' });
    await doors.placed(code, doors.ada.workspaceId);
    expect(await isRestricted(contact)).toBe(false);
    expect((await fetch(await doors.linkTo('grace@example.com'), { method: 'POST' })).status).toBe(200);
    expect(await isRestricted(contact)).toBe(true);
    expect((await doors.stateOf(code)).status).toBe('COMPLETED');
  });

  it('P8: stays with the operator where no workspace, or more than one, knows them', async () => {
    await doors.under.contact(doors.ada.workspaceId, { emails: ['two@example.com'] });
    await doors.under.contact(doors.bea.workspaceId, { emails: ['two@example.com'] });
    const both = await doors.asked({ text: 'delete', email: 'two@example.com' });
    // A name alone is a claim that any workspace can make of itself.
    const named = await doors.asked({ text: 'delete', businessName: "Bea's shop" });
    await doors.lookedFor();
    expect([await doors.placeOf(both), await doors.placeOf(named)]).toEqual([null, null]);
  });

  it('an address of an account here has seven days once it is proved, and not a word before [promise 49]', async () => {
    const { viewer } = await doors.bea.client.ask<{ viewer: { email: string } }>('{ viewer { email } }');
    const code = await doors.asked({ text: 'delete my account', email: viewer.email });
    expect(daysOf(await doors.stateOf(code))).toBeCloseTo(30, 1);
    expect((await fetch(await doors.linkTo(viewer.email), { method: 'POST' })).status).toBe(200);
    expect(daysOf(await doors.stateOf(code))).toBeCloseTo(7, 1);
    const { ownPrivacyRequests } = await doors.bea.client.ask<{ ownPrivacyRequests: { confirmationCode: string }[] }>(
      '{ ownPrivacyRequests { confirmationCode } }',
    );
    expect(ownPrivacyRequests).toEqual([{ confirmationCode: code }]);
  });

  it('refuses in words what fills in the field that people do not see, and opens nothing', async () => {
    const before = await doors.count();
    const answer = await doors.send({ text: 'Please delete my data', homepage: 'https://spam.example' });
    expect(answer.status).toBe(403);
    expect(((await answer.json()) as { message: string }).message).toContain('a field that has to stay empty');
    expect(await doors.count()).toBe(before);
  });

  it('calls nobody and shows no check where none is set up: the page has no script at all', async () => {
    const page = await fetch(`${doors.under.app.url}/privacy`);
    expect(await page.text()).not.toMatch(/<script|turnstile|challenges\.cloudflare/i);
    expect(page.headers.get('content-security-policy')).not.toContain('cloudflare');
  });

  it('sends one address no more than three mails a day', async () => {
    for (let count = 0; count < 3; count += 1) await doors.asked({ text: 'delete', email: 'often@example.com' });
    expect((await doors.send({ text: 'delete', email: 'often@example.com' })).status).toBe(429);
    const page = await fetch(`${doors.under.app.url}/privacy/requests?lang=tr`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      body: new URLSearchParams({ text: 'delete', email: 'often@example.com' }).toString(),
    });
    expect([page.status, page.headers.get('retry-after')]).toEqual([429, '86400']);
    expect(await page.text()).toContain('Kısa sürede buradan çok sayıda talep geldi');
  });
});
