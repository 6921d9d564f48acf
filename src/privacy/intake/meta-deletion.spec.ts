import { appSecret } from '../../../test/support/app.js';
import { eventually } from '../../../test/support/client.js';
import { PrivacyDoors, daysOf, signedByMeta } from '../../../test/support/privacy-doors.js';
import { Grantors } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';

let doors: PrivacyDoors;

beforeAll(async () => {
  doors = await PrivacyDoors.open();
}, 60_000);
afterAll(() => doors.close());

describe('the deletion callback of Meta', () => {
  const call = (request: string) => doors.askedByMeta(request);
  const payload = { user_id: '730055501', algorithm: 'HMAC-SHA256', issued_at: 1_790_000_000 };

  it('is answered with a code that can be followed, the same however often it comes [promise 62]', async () => {
    const answers = await Promise.all([1, 2, 3].map(async () => (await call(signedByMeta(payload))).json()));
    const [first] = answers as { url: string; confirmation_code: string }[];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await call(signedByMeta(payload));
    expect(await doors.placeOf(first?.confirmation_code ?? '')).toBeNull();
    expect(first?.confirmation_code).toMatch(/^[0-9a-z]{32}$/);
    expect(first?.url).toMatch(new RegExp(`/privacy/requests/${String(first?.confirmation_code)}$`));
    const state = await doors.stateOf(first?.confirmation_code ?? '');
    expect(state).toMatchObject({ status: 'IN_PROGRESS', kind: 'ERASE' });
    expect(daysOf(state)).toBeCloseTo(30, 1);
    const again = await call(signedByMeta({ ...payload, issued_at: 1_790_000_001 }));
    expect(((await again.json()) as { confirmation_code: string }).confirmation_code).not.toBe(
      first?.confirmation_code,
    );
  });

  it('P8: is refused with a wrong, foreign, changed or missing signature, and opens nothing', async () => {
    const count = async () => (await doors.under.admin.query('select from privacy_codes')).rowCount;
    const before = await count();
    const good = signedByMeta({ ...payload, user_id: '730055599' });
    const [signature = '', body = ''] = good.split('.');
    const other = Buffer.from(JSON.stringify({ ...payload, user_id: '1' })).toString('base64url');
    const flipped = Buffer.from(signature, 'base64url');
    flipped[0]! ^= 1;
    for (const request of [
      signedByMeta({ ...payload, user_id: '730055599' }, 'another secret'),
      `${flipped.toString('base64url')}.${body}`,
      `${signature}.${other}`,
      `.${body}`,
      body,
      '',
      signedByMeta({ algorithm: 'HMAC-SHA256' }),
      signedByMeta({ ...payload, algorithm: 'none' }),
    ])
      expect((await call(request)).status).toBe(401);
    expect(await count()).toBe(before);
  });

  it('P8: each byte of the signature counts, and so does how it is written', async () => {
    const before = await doors.count();
    const person = '730055598';
    const [signature = '', body = ''] = signedByMeta({ ...payload, user_id: person }).split('.');
    const mutations = [...signature].map((letter, at) => {
      const other = letter === 'A' ? 'B' : 'A';
      return `${signature.slice(0, at)}${other}${signature.slice(at + 1)}.${body}`;
    });
    const hex = Buffer.from(signature, 'base64url').toString('hex');
    const encoded = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64url');
    const unsigned = encoded({ user_id: person, algorithm: 'none' });
    mutations.push(
      `${signature.slice(0, -1)}.${body}`,
      `${signature}=.${body}`,
      `${signature}A.${body}`,
      `${hex}.${body}`,
      `${signature}.${body}=`,
      `${signature}.${body}.${body}`,
      ` ${signature}.${body}`,
      `${signature}.${encoded({ ...payload, user_id: '1' })}`,
      `.${unsigned}`,
      `${signature}.${unsigned}`,
      signedByMeta({ ...payload, user_id: person, algorithm: 'hmac-sha256' }),
      signedByMeta({ ...payload, user_id: person, algorithm: 'HMAC-SHA1' }),
      signedByMeta({ user_id: person, issued_at: payload.issued_at }),
      signedByMeta({ ...payload, user_id: { id: person } }),
      signedByMeta({ ...payload, user_id: ['1', person] }),
      signedByMeta({ ...payload, user_id: '0' }),
      signedByMeta({ ...payload, user_id: "1' or true" }),
      signedByMeta({ ...payload, user_id: person }, ''),
      signedByMeta({ ...payload, user_id: person }, `${appSecret} `),
    );
    expect(mutations.length).toBeGreaterThan(60);
    for (const request of mutations) {
      const answer = await call(request);
      expect([request, answer.status]).toEqual([request, 401]);
      expect(await answer.text()).toBe('The signature is missing or wrong.');
    }
    expect(await doors.count()).toBe(before);
  });

  it('P8: is one field of one POST: whatever else it may look like is refused', async () => {
    const before = await doors.count();
    const good = signedByMeta({ ...payload, user_id: '730055597' });
    const form = (text: string) => doors.deletionCall(text);
    expect((await form(`signed_request=${good}&signed_request=${good}`)).status).toBe(401);
    expect((await form(`Signed_Request=${good}`)).status).toBe(401);
    const where = `${doors.under.app.url}/webhooks/meta/data-deletion?signed_request=${good}`;
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])
      expect([method, (await fetch(where, { method })).status]).toEqual([method, 404]);
    expect((await fetch(where, { method: 'POST' })).status).toBe(401);
    expect(await doors.count()).toBe(before);
  });

  it('P8: one that is played again, years later too, opens nothing and erases nobody who came back', async () => {
    const contact = await doors.under.contact(doors.ada.workspaceId);
    const person = { channel_id: doors.ada.channelId, external_id: '730055596' };
    await doors.under.identity(doors.ada.workspaceId, { ...person, contact_id: contact });
    const recorded = signedByMeta({ ...payload, user_id: '730055596', issued_at: 1_400_000_000 });
    const codeOf = async () =>
      ((await (await call(recorded)).json()) as { confirmation_code: string }).confirmation_code;
    const code = await codeOf();
    await doors.done(code);
    const back = await doors.under.contact(doors.ada.workspaceId);
    await doors.under.identity(doors.ada.workspaceId, { ...person, contact_id: back });
    const before = await doors.count();
    expect(await codeOf()).toBe(code);
    await doors.lookedFor();
    expect(await doors.count()).toBe(before);
    expect((await doors.under.admin.query('select from contacts where id = $1', [back])).rowCount).toBe(1);
  }, 60_000);

  it('finds whom a workspace knows by that very id on a channel of Meta [promise 62]', async () => {
    const contact = await doors.under.contact(doors.ada.workspaceId);
    await doors.under.identity(doors.ada.workspaceId, {
      channel_id: doors.ada.channelId,
      contact_id: contact,
      external_id: '730055502',
    });
    const other = await doors.under.contact(doors.ada.workspaceId);
    await doors.under.identity(doors.ada.workspaceId, {
      channel_id: doors.ada.channelId,
      contact_id: other,
      external_id: '7300555020',
    });
    const answer = await call(signedByMeta({ ...payload, user_id: '730055502' }));
    const { confirmation_code } = (await answer.json()) as { confirmation_code: string };
    await doors.placed(confirmation_code, doors.ada.workspaceId);
    // It is erased without anybody's doing; a done request names nobody any more.
    await doors.done(confirmation_code);
    const { rows } = await doors.under.admin.query<{ id: string }>('select id from contacts where id = any($1)', [
      [contact, other],
    ]);
    expect(rows.map(({ id }) => id)).toEqual([other]);
  });
});

it('Meta’s call about somebody who connected a channel here is confirmed to them by mail too [promise 62]', async () => {
  const { app } = doors.under.app;
  const channelId = await doors.under.channel(doors.bea.workspaceId, {
    external_id: '910000000000077',
    connected_by: doors.bea.member.memberId,
  });
  await app
    .get(Workspaces)
    .run(doors.bea.workspaceId, (tx) =>
      app.get(Grantors, { strict: false }).note(tx, 'meta', channelId, ['730055577']),
    );
  const answer = await doors.askedByMeta(
    signedByMeta({ user_id: '730055577', algorithm: 'HMAC-SHA256', issued_at: 1_790_000_000 }),
  );
  const { confirmation_code } = (await answer.json()) as { confirmation_code: string };
  const { viewer } = await doors.bea.client.ask<{ viewer: { email: string } }>('{ viewer { email } }');
  await eventually(
    async () =>
      (await doors.mailsTo(viewer.email)).some(({ text }) => text.includes(confirmation_code)) ? true : null,
    20_000,
  );
});
