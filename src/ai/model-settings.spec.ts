import { DraftsUnderTest } from '../../test/support/drafts.js';

let drafts: DraftsUnderTest;
beforeAll(async () => void (drafts = await DraftsUnderTest.start()), 60_000);
afterAll(() => drafts.stop());

describe('the settings of a model', () => {
  it('sends nothing while it is not enabled, and refuses addresses that are not public', async () => {
    for (const baseUrl of [
      'http://127.0.0.1:1/v1',
      'https://169.254.169.254/v1',
      'https://localhost/v1',
      'https://[::1]/v1',
      'file:///etc/passwd',
      'https://u:p@example.com/v1',
      drafts.app.sandbox.url,
    ]) {
      expect(
        await drafts.client.refusal(
          `mutation ($input: AiSettingsInput!) { updateAiSettings(input: $input) { enabled } }`,
          {
            input: { baseUrl },
          },
        ),
      ).toBe('BAD_USER_INPUT');
    }
    expect(await drafts.modelCalls()).toEqual([]);
  });

  it('a key goes with its address, is never shown, and is audited without its words', async () => {
    await drafts.settings({ baseUrl: 'https://models.example.com/v1', apiKey: 'sk-canary-one' });
    expect(await drafts.settings({ enabled: false })).toMatchObject({ updateAiSettings: { hasKey: true } });
    expect(await drafts.settings({ baseUrl: 'https://elsewhere.example.com/v1' })).toMatchObject({
      updateAiSettings: { hasKey: false },
    });
    const { rows } = await drafts.owner.query<{ all: string }>(
      `select coalesce(string_agg(s::text, ''), '') || (select coalesce(string_agg(a::text, ''), '') from audit_entries a) as all from ai_settings s`,
    );
    expect(rows[0]?.all).not.toContain('sk-canary-one');
    expect(rows[0]?.all).toContain('ai-settings.update');
    await drafts.settings({ baseUrl: '', apiKey: '' });
  });
});
