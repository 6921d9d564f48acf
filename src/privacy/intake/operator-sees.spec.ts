import { PrivacyDoors } from '../../../test/support/privacy-doors.js';

let doors: PrivacyDoors;

beforeAll(async () => {
  doors = await PrivacyDoors.open();
}, 60_000);
afterAll(() => doors.close());

interface Shown {
  readonly id: string;
  readonly ownedByWorkspace: boolean;
  readonly subject: string;
  readonly note: string | null;
  readonly extensionReason: string | null;
  readonly exportUrl: string | null;
  readonly contacts: readonly unknown[];
  readonly history: readonly { readonly note: string | null }[];
}
const fields =
  'id kind status ownedByWorkspace subject note extensionReason exportUrl contacts { id } history { note }';
const show = async (id: string) =>
  (
    await doors.ada.client.ask<{ shown: Shown | null }>(
      `query ($id: ID!) { shown: instancePrivacyRequest(id: $id) { ${fields} } }`,
      { id },
    )
  ).shown;

describe('one request on the desk of those who run the deployment', () => {
  it('is found by its id and by its code, and by nobody else', async () => {
    const code = await doors.asked({ text: 'canary-of-the-form', businessName: 'Nobody' });
    await doors.lookedFor();
    const shown = await show(` ${code.toUpperCase()} `);
    expect(shown).toMatchObject({ ownedByWorkspace: false, subject: 'Nobody', note: 'canary-of-the-form' });
    expect(await show(shown?.id.toUpperCase() ?? '')).toEqual(shown);
    for (const id of [code, shown?.id])
      expect(
        await doors.bea.client.refusal('query ($id: ID!) { instancePrivacyRequest(id: $id) { id } }', { id }),
      ).toBe('FORBIDDEN');
    for (const nothing of ['', 'nonsense', '0'.repeat(32), '0190b7a0-0000-7000-8000-000000000000'])
      expect(await show(nothing)).toBeNull();
  });

  it('has no word that was said once a workspace answers for it, whatever is done with it then [promise 60]', async () => {
    const email = 'canary@example.com';
    const code = await doors.asked({ text: 'canary-of-the-form', kind: 'ACCESS', email, businessName: 'canary-shop' });
    await doors.lookedFor();
    const id = (await show(code))?.id ?? '';
    const route = `mutation ($id: ID!, $w: ID!) { shown: routePrivacyRequest(id: $id, workspaceId: $w) { ${fields} } }`;
    const routed = await doors.ada.client.ask<{ shown: Shown }>(route, { id, w: doors.bea.workspaceId });
    expect(routed.shown).toMatchObject({ ownedByWorkspace: true, subject: '', note: null });
    const contact = await doors.under.contact(doors.bea.workspaceId);
    const bea = (mutation: string) => doors.bea.client.ask(`mutation ($id: ID!) { ${mutation} { id } }`, { id });
    await bea('extendPrivacyRequest(id: $id, reason: "canary of a reason")');
    await bea(`matchPrivacyRequest(id: $id, contactIds: ["${contact}"])`);
    const ask = `mutation ($id: ID!) { shown: askControllerToErase(id: $id, message: "Please erase them") { ${fields} } }`;
    const asked = await doors.ada.client.ask<{ shown: Shown }>(ask, { id });
    await bea('verifyPrivacyRequest(id: $id, evidence: "canary of a proof")');
    await doors.done(code);
    for (const shown of [routed.shown, asked.shown, await show(id), await show(code)]) {
      expect(shown).toMatchObject({ id, ownedByWorkspace: true, contacts: [], exportUrl: null, extensionReason: null });
      expect(JSON.stringify(shown)).not.toMatch(/canary/iu);
    }
    const steps = (await show(id))?.history.map(({ note }) => note);
    expect(steps).toEqual(expect.arrayContaining(['It takes longer:', 'A member vouches for who asks:']));
    // A copy is made, and it is theirs alone.
    const { privacyRequest } = await doors.bea.client.ask<{ privacyRequest: { exportUrl: string | null } }>(
      'query ($id: ID!) { privacyRequest(id: $id) { exportUrl } }',
      { id },
    );
    expect(privacyRequest.exportUrl).not.toBeNull();
  });
});
