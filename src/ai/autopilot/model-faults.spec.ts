import { AutopilotUnderTest, type Written } from '../../../test/support/autopilot.js';
import { RecordedModel, type Said } from '../../../test/support/recorded-model.js';
import { Queues } from '../../platform/queue/index.js';

let auto: AutopilotUnderTest;
let model: RecordedModel;
let servers = 0;

beforeAll(async () => {
  model = await RecordedModel.start();
  auto = await AutopilotUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
  await auto.drafts.settings({ enabled: true, baseUrl: model.url, model: 'recording', apiKey: 'sk-canary' });
}, 60_000);
beforeEach(async () => {
  model.calls.length = 0;
  model.say = () => ({ answer, sources: [1] });
  // The trouble of one test is none of the next.
  await auto.drafts.settings({ model: `recording-${String((servers += 1))}` });
});
afterAll(async () => {
  await auto.stop();
  await model.stop();
});

const question = 'How long does standard shipping take?';
const answer = 'Standard shipping takes 3 days.';

/** The outcomes of the runs of a conversation, the first one first. */
async function outcomes(conversationId: string): Promise<string[]> {
  return (await auto.drafts.runsOf(conversationId)).map(({ outcome }) => outcome).toReversed();
}

describe('I6: a model that answers customers by itself', () => {
  it('is told that nobody reads along; its answer is sent once, however often the job runs [promise 34]', async () => {
    const { conversationId } = await auto.written(question);
    expect((await auto.answers(conversationId)).map(({ text }) => text.split('\n\n')[1])).toEqual([answer]);
    expect(JSON.stringify(model.calls[0]?.body)).toContain('sent as it is');
    expect(JSON.stringify(model.calls)).not.toMatch(/90555|for a colleague/u);
    for (let time = 0; time < 3; time += 1) {
      await auto.drafts.owner.query(
        `insert into due (kind, workspace_id, row_id, due_at) select 'draft-reply', workspace_id, id, now() from conversations where id = $1
         on conflict (kind, workspace_id, row_id) do update set due_at = now(), generation = due.generation + 1`,
        [conversationId],
      );
      await auto.drafts.app.app.get(Queues).sweep();
      await auto.quiet();
    }
    expect(await auto.answers(conversationId)).toHaveLength(1);
    expect(model.calls).toHaveLength(1);
  });

  const faults: readonly (readonly [string, Said])[] = [
    ['is busy', { status: 429, headers: { 'retry-after': '120' }, raw: '{}' }],
    ['breaks', { status: 503, headers: { 'retry-after': '60' }, raw: '{}' }],
    ['fails', 500],
    ['sends garbage', { raw: '<html>no</html>' }],
    ['says garbage', { raw: completion('{"answer": "…') }],
    ['says nothing', { raw: completion('') }],
    ['is cut off', { raw: completion('{}'), cut: true }],
    ['refuses the key', 401],
  ];

  it.each(faults)('that %s: the knowledge is quoted, and nothing is said twice', async (_, fault) => {
    model.say = () => fault;
    const { conversationId } = await auto.written(question);
    expect((await auto.answers(conversationId)).map(({ text }) => text.split('\n\n')[1])).toEqual([answer]);
    expect(await outcomes(conversationId)).toEqual(['FAILED', 'SENT']);
    expect(await auto.standing(conversationId)).toMatchObject({ paused: false });
  });

  it.each(faults.slice(1, 4))('that %s: a person answers where nothing may be quoted', async (_, fault) => {
    await auto.bot({ quoteOnFailure: false });
    model.say = () => fault;
    const { conversationId } = await auto.written(question);
    expect(await auto.answers(conversationId)).toEqual([]);
    expect(await outcomes(conversationId)).toEqual(['HANDED_OFF']);
    expect((await auto.said(conversationId)).filter(({ author }) => author === 'SYSTEM')).toHaveLength(2);
    expect(await auto.standing(conversationId)).toMatchObject({ paused: true, waiting: true });
    await auto.bot({ quoteOnFailure: true });
  });

  it('that fails five times is left alone; every customer is answered all the same', async () => {
    model.say = () => 500;
    for (let time = 0; time < 7; time += 1) {
      const { conversationId } = await auto.written(question);
      expect(await auto.answers(conversationId)).toHaveLength(1);
      const [, failed] = await auto.drafts.runsOf(conversationId);
      expect(failed?.error).toContain(time < 5 ? 'status 500' : 'left alone');
    }
    expect(model.calls).toHaveLength(5);
  });

  it('that asks for a long rest gets it at once', async () => {
    model.say = () => ({ status: 429, headers: { 'retry-after': '120' }, raw: '{}' });
    await auto.written(question);
    await auto.written(question);
    expect(model.calls).toHaveLength(1);
  });

  it.each([
    ['the bot is deleted', () => remove(), 'nothing'],
    ['the bot is set to OFF', () => auto.bot({ mode: 'OFF' }), 'nothing'],
    ['the customer objects', (id: string) => mark(id, 'automation_objected'), 'nothing'],
    ['their processing is restricted', (id: string) => mark(id, 'processing_restricted'), 'nothing'],
    ['the AI is switched off', () => auto.drafts.settings({ enabled: false }), 'a quote'],
    ['the budget is taken away', () => auto.bot({ dailyBudgetCents: 0 }), 'a handoff'],
  ] as const)('that still writes when %s says nothing any more [promise 38]', async (_, happens, then) => {
    let asked: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (asked = resolve));
    model.say = async () => {
      asked();
      await new Promise((resolve) => setTimeout(resolve, 400));
      return { answer, sources: [1] };
    };
    const { conversationId } = await auto.arrived(question);
    await begun;
    await happens(conversationId);
    await auto.quiet();
    const texts = (await auto.answers(conversationId)).map(({ text }) => text);
    expect(texts).toHaveLength(then === 'a quote' ? 1 : 0);
    expect(await auto.standing(conversationId)).toMatchObject({ paused: then === 'a handoff' });
    expect((await outcomes(conversationId))[0]).toBe(then === 'a handoff' ? 'HANDED_OFF' : 'DISCARDED');
    await auto.bot({ mode: 'AUTO', dailyBudgetCents: 100_000_000 }).catch(() => auto.newBot());
    await auto.drafts.settings({ enabled: true });
  });

  it.each([
    ['it may not on this channel any more', () => auto.bot({ autoChannelIds: [] })],
    ['its hour is over', () => auto.bot({ autoHours: 'CLOSED' })],
  ])('that still writes when %s proposes what it would have said', async (_, happens) => {
    const { conversationId } = await writingWhen(happens);
    expect(await auto.answers(conversationId)).toEqual([]);
    expect((await auto.drafts.draftOf(conversationId)).draft).toMatchObject({ status: 'PROPOSED' });
    await auto.bot({ mode: 'AUTO', autoHours: 'ALWAYS' });
  });

  it('that still writes when the customer goes on writing: both are answered, once', async () => {
    const { conversationId } = await writingWhen(({ customerId }) =>
      auto.arrived('And how long does express shipping take?', customerId),
    );
    expect(await auto.answers(conversationId)).toHaveLength(1);
    expect(model.lastQuestion).toContain('standard shipping');
    expect(model.lastQuestion).toContain('express shipping');
    expect(await outcomes(conversationId)).toEqual(['DISCARDED', 'SENT']);
  });

  it('that still writes a proposal when the bot is set to answer by itself: it answers, once', async () => {
    await auto.bot({ mode: 'DRAFT' });
    const { conversationId } = await writingWhen(() => auto.bot({ mode: 'AUTO' }));
    expect(await auto.answers(conversationId)).toHaveLength(1);
    expect((await auto.drafts.draftOf(conversationId)).draft).toBeNull();
  });
});

/** A customer asks, and something happens while the model writes. */
async function writingWhen(happens: (written: Written) => Promise<unknown>): Promise<Written> {
  let asked: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (asked = resolve));
  model.say = async () => {
    asked();
    await new Promise((resolve) => setTimeout(resolve, 400));
    return { answer, sources: [1] };
  };
  const written = await auto.arrived(question);
  await begun;
  await happens(written);
  await auto.quiet();
  return written;
}

function completion(content: string): string {
  return JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] });
}

function remove() {
  return auto.drafts.client.ask(`mutation ($id: ID!) { deleteBot(id: $id) }`, { id: auto.botId });
}

function mark(conversationId: string, column: string) {
  return auto.drafts.owner.query(
    `update contacts set ${column} = true where id = (select contact_id from conversations where id = $1)`,
    [conversationId],
  );
}
