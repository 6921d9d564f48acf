import { InboxUnderTest } from '../../../test/support/inbox.js';

let under: InboxUnderTest;
beforeAll(async () => void (under = await InboxUnderTest.start()), 60_000);
afterAll(() => under.stop());

it('tells by week, bot and wording of the prompt what members did with what was proposed', async () => {
  const ada = await under.inbox('Ada');
  const { workspaceId } = ada;
  const conversation = await under.conversation(ada);
  const bot = await under.insert('bots', workspaceId, {
    name: 'Ada',
    mode: 'DRAFT',
    lead_mode: 'OFF',
    temperature: 0,
    max_replies_per_conversation: 1,
  });
  const proposed = async (at: string, promptVersion: string | null, status: string, distance: number | null = null) => {
    const run =
      promptVersion === null
        ? null
        : await under.insert('ai_runs', workspaceId, {
            purpose: 'DRAFT',
            provider: 'openai',
            model: 'gpt',
            bot_id: bot,
            conversation_id: conversation,
            request: '{}',
            outcome: 'PROPOSED',
            prompt_version: promptVersion,
            edit_distance: distance,
          });
    const draft = {
      conversation_id: conversation,
      run_id: run,
      text: status === 'FAILED' ? '' : 'x',
      status,
      created_at: at,
    };
    await under.insert('drafts', workspaceId, draft);
  };
  // Sunday evening in UTC is Monday in Istanbul already.
  await proposed('2026-03-08T20:59:00Z', 'one', 'ACCEPTED');
  await proposed('2026-03-08T21:01:00Z', 'one', 'ACCEPTED');
  await proposed('2026-03-10T10:00:00Z', 'one', 'EDITED', 4);
  await proposed('2026-03-10T10:00:00Z', 'one', 'EDITED', 8);
  await proposed('2026-03-11T10:00:00Z', 'two', 'DISCARDED');
  await proposed('2026-03-12T10:00:00Z', 'two', 'FAILED');
  await proposed('2026-03-12T10:00:00Z', null, 'ACCEPTED');
  await proposed('2026-03-20T10:00:00Z', 'two', 'ACCEPTED');
  const { inboxReport } = await ada.client.ask<{ inboxReport: unknown }>(
    `query ($from: DateTime!, $to: DateTime!) { inboxReport(from: $from, to: $to, groupBy: CHANNEL, timezone: "Europe/Istanbul") {
       draftRates { week botId promptVersion accepted edited discarded failed editedCharactersMedian } } }`,
    { from: '2026-03-01T00:00:00Z', to: '2026-03-16T00:00:00Z' },
  );
  const none = { accepted: 0, edited: 0, discarded: 0, failed: 0, editedCharactersMedian: null };
  const week = '2026-03-08T21:00:00.000Z';
  expect(inboxReport).toEqual({
    draftRates: [
      { ...none, week, botId: bot, promptVersion: 'one', accepted: 1, edited: 2, editedCharactersMedian: 6 },
      { ...none, week, botId: bot, promptVersion: 'two', discarded: 1, failed: 1 },
      { ...none, week, botId: null, promptVersion: null, accepted: 1 },
      { ...none, week: '2026-03-01T21:00:00.000Z', botId: bot, promptVersion: 'one', accepted: 1 },
    ],
  });
});
