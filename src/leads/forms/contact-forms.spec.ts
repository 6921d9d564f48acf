import { eventually } from '../../../test/support/client.js';
import {
  FormsUnderTest,
  type TestForm,
  anAddress,
  makeForm,
  newEmail,
  site,
} from '../../../test/support/contact-forms.js';

const forms = FormsUnderTest.declare();

describe('a contact form', () => {
  it('makes a lead of what somebody sends, used to answer and for nothing else unless the workspace says otherwise [promise 22]', async () => {
    const email = newEmail();
    const answer = await forms.send({ name: 'Grace', email, company: 'Navy', message: 'Do you ship to Norway?' });
    expect([answer.status, await answer.json()]).toEqual([202, { received: true }]);
    expect(await forms.leadsOf(email)).toMatchObject([
      {
        workspace_id: forms.ada.workspaceId,
        source: 'CONTACT_FORM',
        form_id: forms.form.id,
        name: 'Grace',
        company: 'Navy',
        message: 'Do you ship to Norway?',
        answer_only: true,
        contact_answer_only: true,
      },
    ]);
    const open = await makeForm(forms.ada, { answerOnly: false });
    const other = newEmail();
    await forms.send({ email: other, message: 'Hello' }, { key: open.publicKey });
    expect(await forms.leadsOf(other)).toMatchObject([{ answer_only: false, contact_answer_only: false }]);
  });

  it('works without a script: a page sends it and a page says thank you, in the language of the browser', async () => {
    const email = newEmail();
    const body = new URLSearchParams({
      name: 'Grace',
      email,
      company: '',
      message: 'Hello',
      homepage: '',
      elapsed: '',
    });
    const answer = await forms.send(body.toString(), { headers: { 'accept-language': 'tr-TR,tr;q=0.9' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/forms/v1/thanks?lang=tr`]);
    const page = await fetch(`${forms.under.app.url}${answer.headers.get('location') ?? ''}`);
    const html = await page.text();
    expect(html).toContain('<html lang="tr">');
    expect(html).toContain('Teşekkürler');
    expect(html).not.toContain('<script');
    expect(await forms.leadsOf(email)).toHaveLength(1);
    const refused = await forms.send(new URLSearchParams({ email: 'nobody', message: '' }).toString());
    expect([refused.status, refused.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
    const said = await refused.text();
    expect(said).toContain('Message: has to be filled in');
    expect(said).toContain('is not an e-mail address');
  });

  it('thanks by mail, without a word of what was sent in, and never more than twice a day to one address', async () => {
    const email = newEmail();
    for (const message of ['first spam of mine', 'second spam of mine', 'third spam of mine'])
      expect((await forms.send({ name: 'http://evil.example', email, message })).status).toBe(202);
    expect(await forms.leadsOf(email)).toHaveLength(3);
    const mails = await eventually(async () => {
      const found = await forms.mailsTo(email);
      return found.length >= 2 && (await forms.queuedMails()) === 0 ? found : null;
    });
    expect(mails).toHaveLength(2);
    for (const mail of mails) {
      const whole = `${mail.subject ?? ''} ${mail.text ?? ''} ${mail.html ?? ''}`;
      expect(whole).toContain("Ada's shop");
      expect(whole).not.toMatch(/spam|evil/);
    }
  });

  it('that is sent twice in a row is one, also at the same moment, and on another day a new one', async () => {
    const email = newEmail();
    const words = { name: 'Grace', email, message: 'Hello' };
    const answers = await Promise.all(Array.from({ length: 5 }, async () => (await forms.send(words)).status));
    expect(new Set(answers)).toEqual(new Set([202]));
    expect(await forms.leadsOf(email)).toHaveLength(1);
  });
});

describe('the snippet', () => {
  it('holds what the form needs, and nothing that a name could break', async () => {
    expect(forms.form.embedSnippet).toContain(`/forms/v1/${forms.form.publicKey}"`);
    for (const name of ['name', 'email', 'company', 'message', 'homepage'])
      expect(forms.form.embedSnippet).toContain(`name="${name}"`);
    expect(forms.form.embedSnippet).not.toContain('<script');
    const { contactForms } = await forms.ada.client.ask<{ contactForms: TestForm[] }>(
      '{ contactForms { id embedSnippet } }',
    );
    expect(contactForms.map(({ id }) => id)).toContain(forms.form.id);
  });
});

describe('the sites of a form', () => {
  const from = async (headers: Record<string, string>) => {
    const answer = await fetch(`${forms.under.app.url}/forms/v1/${forms.form.publicKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': anAddress(), ...headers },
      body: JSON.stringify({ email: newEmail(), message: 'Hello' }),
    });
    return [answer.status, answer.headers.get('access-control-allow-origin')];
  };

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'https://shop.example.evil.example' }],
    [{ origin: 'https://evilshop.example' }],
    [{ origin: 'https://sub.shop.example' }],
    [{ origin: 'http://shop.example' }],
    [{ origin: 'https://shop.example:8443' }],
    [{ origin: 'null' }],
    [{ referer: 'https://evil.example/?https://shop.example/' }],
    [{ origin: 'null', referer: 'https://shop.example/' }],
    [{ referer: 'nonsense' }],
    [{}],
  ])('are those that it names, to the letter (V3): %j is none', async (headers) => {
    expect(await from(headers)).toEqual([403, null]);
  });

  it('may read the answer, and are known by their page where a browser names no Origin', async () => {
    expect(await from({ origin: site })).toEqual([202, site]);
    expect(await from({ referer: `${site}/contact?from=menu` })).toEqual([202, site]);
  });

  it('may send JSON from a script, and others may not', async () => {
    const ask = async (origin: string) => {
      const answer = await fetch(`${forms.under.app.url}/forms/v1/${forms.form.publicKey}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
      const { headers, status } = answer;
      return [
        status,
        headers.get('access-control-allow-origin'),
        headers.get('access-control-allow-methods'),
        headers.get('access-control-allow-headers'),
        headers.get('access-control-allow-credentials'),
        headers.get('vary'),
      ];
    };
    expect(await ask(site)).toEqual([204, site, 'POST', 'content-type', null, 'origin']);
    expect((await ask('https://evil.example')).slice(0, 2)).toEqual([403, null]);
  });

  it.each([
    [[]],
    [['*']],
    [['*.com']],
    [['http://shop.example']],
    [['shop']],
    [Array.from({ length: 51 }, (_, n) => `s${String(n)}.example`)],
  ])('are named as domains of the internet: %j are refused', async (allowedDomains) => {
    const refused = await forms.ada.client.post(
      'mutation ($domains: [String!]!) { createContactForm(name: "x", allowedDomains: $domains) { id } }',
      { domains: allowedDomains },
    );
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'allowedDomains' });
  });
});
