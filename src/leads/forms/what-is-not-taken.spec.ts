import { randomUUID } from 'node:crypto';
import { FormsUnderTest, anAddress, makeForm, newEmail, site } from '../../../test/support/contact-forms.js';

const forms = FormsUnderTest.declare();

describe('what is not taken', () => {
  it.each([
    ['another field', { phone: '+905550000000' }, 'phone'],
    ['a field of the server', { workspaceId: randomUUID() }, 'workspaceId'],
    ['no address', { email: '' }, 'email'],
    ['an address that is none', { email: 'grace at example.org' }, 'email'],
    ['two addresses', { email: 'a@example.org,b@example.org' }, 'email'],
    ['an address with a line in it', { email: 'a@example.org\nbcc: b@example.org' }, 'email'],
    ['no message', { message: '  ' }, 'message'],
    ['a message that is too long', { message: 'x'.repeat(10_001) }, 'message'],
    ['a name that is too long', { name: 'x'.repeat(201) }, 'name'],
    ['a message that is no text', { message: { $ne: null } }, 'message'],
  ])('is %s: it is said by its field, and nothing is kept', async (_, wrong, field) => {
    const email = newEmail();
    const answer = await forms.send({ email, message: 'Hello', ...wrong });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
    expect(await forms.leadsOf(email)).toEqual([]);
  });

  it.each(['[]', 'null', '"text"', '{', ''])('is no object: %s', async (body) => {
    const answer = await fetch(`${forms.under.app.url}/forms/v1/${forms.form.publicKey}`, {
      method: 'POST',
      headers: { origin: site, 'content-type': 'application/json', 'x-forwarded-for': anAddress() },
      body,
    });
    expect(answer.status).toBe(422);
  });

  it('is too large', async () => {
    const answer = await forms.send({ email: newEmail(), message: 'x'.repeat(150_000) });
    expect(answer.status).toBe(422);
  });

  it.each([
    ['the field that people do not see', { homepage: 'https://spam.example' }],
    ['less time than anybody needs', { elapsed: '300' }],
    ['a time that is none', { elapsed: 'soon' }],
  ])('is sent by a program: %s', async (_, wrong) => {
    const email = newEmail();
    expect((await forms.send({ email, message: 'Hello', ...wrong })).status).toBe(403);
    expect(await forms.leadsOf(email)).toEqual([]);
  });

  it('is more than one network sends', async () => {
    const headers = { 'x-forwarded-for': anAddress() };
    const statuses: number[] = [];
    for (let n = 0; n < 31; n += 1)
      statuses.push((await forms.send({ email: newEmail(), message: 'Hello' }, { headers })).status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  });

  it('comes to a form that is not there, or not any more', async () => {
    for (const key of ['cf_nothing', 'x', `cf_${'A'.repeat(43)}`, forms.form.publicKey.slice(0, -4) + 'AAAA'])
      expect([key, (await forms.send({ email: newEmail(), message: 'Hello' }, { key })).status]).toEqual([key, 404]);
    const gone = await makeForm(forms.ada);
    await forms.ada.client.ask('mutation ($id: ID!) { deleteContactForm(id: $id) }', { id: gone.id });
    const answer = await forms.send({ email: newEmail(), message: 'Hello' }, { key: gone.publicKey });
    expect(answer.status).toBe(404);
  });
});
