import { Team } from '../../../test/support/team.js';

let team: Team;
beforeAll(async () => void (team = await Team.start({ redis: false })), 30_000);
afterAll(() => team.stop());

const update = `mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { ...Settings } } fragment Settings on Workspace {
  name timezone locale controller { legalName privacyEmail address noticeUrl website }
  businessHours { always week { weekday opens closes } holidays awayMessage openNow }
}`;

interface Settings {
  readonly updateWorkspace: Record<string, unknown> & { readonly businessHours: Record<string, unknown> };
}
const set = async (input: object) => (await team.owner.client.ask<Settings>(update, { input })).updateWorkspace;
const fieldRefused = async (input: object) => {
  const { errors } = await team.owner.client.post(update, { input });
  return errors?.[0]?.extensions.field ?? errors?.[0]?.extensions.code ?? null;
};

describe('the settings of a workspace', () => {
  it('start from what says nothing wrong', async () => {
    expect(await set({})).toMatchObject({
      timezone: 'UTC',
      locale: 'en',
      controller: { legalName: null, privacyEmail: null, address: null, noticeUrl: null, website: null },
      businessHours: { always: true, week: [], holidays: [], awayMessage: null, openNow: true },
    });
  });

  it('are changed part by part; a part is taken as a whole', async () => {
    const controller = {
      legalName: ' Engines  Ltd ',
      privacyEmail: 'privacy@example.com',
      address: '1 Main St\r\nLondon',
    };
    expect(await set({ name: 'Engines', timezone: 'europe/istanbul', locale: 'tr-tr', controller })).toMatchObject({
      name: 'Engines',
      timezone: 'Europe/Istanbul',
      locale: 'tr-TR',
      controller: { legalName: 'Engines Ltd', privacyEmail: 'privacy@example.com', address: '1 Main St\nLondon' },
    });
    const week = [
      { weekday: 5, opens: '20:00', closes: '02:00' },
      { weekday: 1, opens: '00:00', closes: '24:00' },
    ];
    const hours = { always: false, week, holidays: ['2027-01-01', '2026-12-31'], awayMessage: 'We are away.' };
    const changed = await set({ businessHours: hours, controller: { website: 'https://example.com/' } });
    expect(changed).toMatchObject({
      name: 'Engines',
      controller: { legalName: null, website: 'https://example.com/' },
      businessHours: { week: [week[1], week[0]], holidays: ['2026-12-31', '2027-01-01'], awayMessage: 'We are away.' },
    });
    expect((await set({ businessHours: { always: false } })).businessHours).toMatchObject({ week: [], openNow: false });
    expect((await set({ businessHours: { always: true } })).businessHours).toMatchObject({ openNow: true });
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['timezone', { timezone: '+03:00' }],
    ['timezone', { timezone: "UTC'; select pg_sleep(5) --" }],
    ['timezone', { timezone: '' }],
    ['locale', { locale: 'not a language' }],
    ['locale', { locale: '../../etc' }],
    ['controller.privacyEmail', { controller: { privacyEmail: 'nobody' } }],
    ['controller.noticeUrl', { controller: { noticeUrl: 'javascript:alert(1)' } }],
    ['controller.website', { controller: { website: 'https://user:word@example.com/' } }],
    ['controller.address', { controller: { address: 'x'.repeat(501) } }],
    ['controller.address', { controller: { address: 'a\u0007b' } }],
    [
      'businessHours.week.0.weekday',
      { businessHours: { always: false, week: [{ weekday: 0, opens: '09:00', closes: '10:00' }] } },
    ],
    [
      'businessHours.week.0.opens',
      { businessHours: { always: false, week: [{ weekday: 1, opens: '24:00', closes: '10:00' }] } },
    ],
    [
      'businessHours.week.0.closes',
      { businessHours: { always: false, week: [{ weekday: 1, opens: '09:00', closes: '9:00' }] } },
    ],
    [
      'businessHours.week.0.closes',
      { businessHours: { always: false, week: [{ weekday: 1, opens: '09:00', closes: '09:00' }] } },
    ],
    ['businessHours.holidays.0', { businessHours: { always: false, holidays: ['2026-02-30'] } }],
    ['businessHours.awayMessage', { businessHours: { always: true, awayMessage: 'x'.repeat(2_001) } }],
  ])('are refused with the field at fault: %s in %j', async (field, input) => {
    expect(await fieldRefused(input)).toBe(field);
  });

  it('are changed by owners and admins alone, and the audit log says which, not to what [promise 18] [promise 19]', async () => {
    const [admin, editor, viewer] = [
      await team.member('ADMIN'),
      await team.member('EDITOR'),
      await team.member('VIEWER'),
    ];
    for (const { client } of [editor, viewer])
      expect(await client.refusal(update, { input: { name: 'Mine' } })).toBe('FORBIDDEN');
    const before = (await team.audited()).length;
    expect(await admin.client.refusal(update, { input: { name: 'Secret name', timezone: 'Asia/Tokyo' } })).toBeNull();
    expect(await admin.client.refusal(update, { input: {} })).toBeNull();
    expect((await team.audited()).slice(before)).toEqual([
      {
        actor: `member:${admin.id}`,
        action: 'workspace.update',
        target: team.workspaceId,
        detail: { changed: ['name', 'timezone'], timezone: 'Asia/Tokyo' },
      },
    ]);
    expect(JSON.stringify(await team.audited())).not.toContain('Secret name');
  });
});

describe('a person with several workspaces', () => {
  it('makes them, and acts in one at a time [promise 3]', async () => {
    const { client } = await team.person('Eve');
    const own = client.workspaceId;
    const { createWorkspace } = await client.ask<{ createWorkspace: { id: string } }>(
      'mutation { createWorkspace(name: "Second") { id name } }',
    );
    client.workspaceId = createWorkspace.id;
    expect(await client.ask('{ workspace { name members { role } } }')).toEqual({
      workspace: { name: 'Second', members: [{ role: 'OWNER' }] },
    });
    const { viewer } = await client.ask<{ viewer: { memberships: { workspace: { id: string } }[] } }>(
      '{ viewer { memberships { role workspace { id name controller { legalName } businessHours { openNow } } } } }',
    );
    expect(viewer.memberships.map(({ workspace }) => workspace.id).sort()).toEqual([own, createWorkspace.id].sort());
    client.workspaceId = team.workspaceId;
    expect(await client.refusal(update, { input: { name: 'Taken over' } })).toBe('NOT_FOUND');
  });
});
