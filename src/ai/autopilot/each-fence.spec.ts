import { AutopilotUnderTest } from '../../../test/support/autopilot.js';
import { type MachineTurn, MachineTurns } from '../../conversations/index.js';
import { type WorkspaceTransaction, Workspaces } from '../../platform/database/index.js';
import { PlanDraft } from '../drafting/plan-draft.js';
import { AnswerCustomer, type AutoPlan } from './answer-customer.js';

/**
 * What keeps a machine out of a conversation is asked several times, so that none of them alone would be missed by who looks
 * only at what is answered in the end. Here each is asked by itself, while all the others are open.
 */
let auto: AutopilotUnderTest;
beforeAll(async () => void (auto = await AutopilotUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' })), 60_000);
afterAll(() => auto.stop());

interface Waiting {
  readonly conversationId: string;
  readonly workspaceId: string;
  readonly lastId: string;
}

/** A question that no job looks at, in a conversation that the bot may answer. */
async function waiting(): Promise<Waiting> {
  await auto.bot({ mode: 'OFF' });
  const { conversationId } = await auto.written('How long does standard shipping take?');
  await auto.bot({ mode: 'AUTO' });
  const { rows } = await auto.drafts.owner.query<Waiting>(
    `select id as "conversationId", workspace_id as "workspaceId", last_message_id as "lastId" from conversations where id = $1`,
    [conversationId],
  );
  if (rows[0] === undefined) throw new Error('The conversation is not there.');
  return rows[0];
}

function inside<Result>(
  { workspaceId }: Waiting,
  work: (tx: WorkspaceTransaction) => Promise<Result>,
): Promise<Result> {
  return auto.drafts.app.app.get(Workspaces).run(workspaceId, work);
}

const turns = () => auto.drafts.app.app.get(MachineTurns);
const taken = (one: Waiting) => inside(one, (tx) => turns().take(tx, one.conversationId, one.lastId));

async function heldTurn(one: Waiting): Promise<MachineTurn> {
  const turn = await taken(one);
  if (typeof turn === 'string') throw new Error(`The machine has no turn: ${turn}.`);
  return turn;
}

const change = (table: 'contacts' | 'conversations', values: string, { conversationId }: Waiting) =>
  auto.drafts.owner.query(
    `update ${table} set ${values} where id = (select ${table === 'contacts' ? 'contact_id' : 'id'} from conversations where id = $1)`,
    [conversationId],
  );

const ofContact = [
  ['objects to machines', 'automation_objected = true', { automationObjected: true }],
  ['is not to be processed', 'processing_restricted = true', { processingRestricted: true }],
  ['is blocked', 'blocked = true', { blocked: true }],
] as const;
const ofConversation = [
  ['is paused', 'ai_paused = true', { aiPaused: true }],
  ['is spam', 'spam = true', { spam: true }],
  ['is closed', `status = 'RESOLVED'`, { status: 'RESOLVED' }],
  [
    'is somebody’s',
    'assignee_id = (select id from members m where m.workspace_id = conversations.workspace_id limit 1)',
    { assigneeId: '01980000-0000-7000-8000-000000000000' },
  ],
] as const;

describe('where the answer is queued', () => {
  it.each(ofContact)('nobody is answered who %s [promise 38] [promise 74]', async (_, values) => {
    const one = await waiting();
    await change('contacts', values, one);
    expect(await taken(one)).toBe('person');
  });

  it.each(ofConversation)('no conversation is that %s [promise 38]', async (_, values) => {
    const one = await waiting();
    await change('conversations', values, one);
    expect(await taken(one)).toBe('person');
  });

  it('only the message that is still the last is answered, and none that was answered', async () => {
    const one = await waiting();
    expect(await taken({ ...one, lastId: one.workspaceId })).toBe('moved on');
    await auto.drafts.owner.query(`update messages set direction = 'OUTBOUND', author = 'MEMBER' where id = $1`, [
      one.lastId,
    ]);
    expect(await taken(one)).toBe('moved on');
  });
});

describe('where the answer begins to leave', () => {
  const stays = (one: Waiting, turn: MachineTurn) =>
    inside(one, (tx) => turns().isStillMachines(tx, turn.outlet, one.lastId));

  it.each(ofContact)('nothing goes to who %s since [promise 38] [promise 74]', async (_, values) => {
    const one = await waiting();
    const turn = await heldTurn(one);
    expect(await stays(one, turn)).toBe(true);
    await change('contacts', values, one);
    expect(await stays(one, turn)).toBe(false);
  });

  it.each(ofConversation)('nothing goes into a conversation that %s since [promise 38]', async (_, __, patch) => {
    const one = await waiting();
    const { outlet } = await heldTurn(one);
    const now = { ...outlet, conversation: { ...outlet.conversation, ...patch } };
    expect(await stays(one, { outlet: now } as MachineTurn)).toBe(false);
  });
});

describe('before anything is looked for', () => {
  const planned = (one: Waiting) =>
    inside(one, (tx) => auto.drafts.app.app.get(PlanDraft).read(tx, one.conversationId, null));

  it.each(ofContact.slice(0, 2))(
    'nothing of theirs is searched for, or given to a model, who %s [promise 74]',
    async (_, values) => {
      // Nobody listens there, and nobody is asked.
      await auto.drafts.settings({
        enabled: true,
        baseUrl: 'http://127.0.0.1:9/v1',
        model: 'never',
        apiKey: 'sk-never',
      });
      const one = await waiting();
      expect(await planned(one)).toMatchObject({ access: { model: expect.any(String) } });
      expect((await planned(one))?.passages.length).toBeGreaterThan(0);
      await change('contacts', values, one);
      expect(await planned(one)).toMatchObject({ passages: [], access: null });
      await auto.drafts.settings({ enabled: false });
    },
  );

  /** Runs the answer with a plan in which one thing is otherwise than the database has it; gives how it went. */
  async function ran(patch: (plan: AutoPlan) => AutoPlan) {
    const one = await waiting();
    const plan = await planned(one);
    if (plan?.bot == null) throw new Error('There is no plan.');
    const job = { kind: 'draft-reply', workspaceId: one.workspaceId, rowId: one.conversationId, attempt: 1 };
    await auto.drafts.app.app
      .get(AnswerCustomer)
      .run({ ...job, signal: new AbortController().signal }, patch({ ...plan, bot: plan.bot }));
    await auto.quiet();
    const runs = await auto.drafts.runsOf(one.conversationId);
    return { answers: (await auto.answers(one.conversationId)).length, runs: runs.length };
  }
  const untouched = { answers: 0, runs: 0 };

  it('a customer who waits is answered', async () => {
    expect(await ran((plan) => plan)).toEqual({ answers: 1, runs: 1 });
  });

  it.each(ofContact)('nobody is who %s [promise 38] [promise 74]', async (_, __, patch) => {
    const marked = (plan: AutoPlan) => ({
      ...plan,
      thread: { ...plan.thread, contact: { ...plan.thread.contact, ...patch } },
    });
    expect(await ran(marked)).toEqual(untouched);
  });

  it.each(ofConversation)('no conversation is that %s [promise 38]', async (_, __, patch) => {
    const marked = (plan: AutoPlan) =>
      ({ ...plan, thread: { ...plan.thread, conversation: { ...plan.thread.conversation, ...patch } } }) as AutoPlan;
    expect(await ran(marked)).toEqual(untouched);
  });

  it('nobody is by a bot over the limit of the plan, and none who was answered', async () => {
    expect(await ran((plan) => ({ ...plan, bot: { ...plan.bot, frozen: true } }))).toEqual(untouched);
    const answered = (plan: AutoPlan) =>
      ({
        ...plan,
        thread: {
          ...plan.thread,
          messages: plan.thread.messages.map((message) => ({ ...message, direction: 'OUTBOUND', author: 'MEMBER' })),
        },
      }) as AutoPlan;
    expect(await ran(answered)).toEqual(untouched);
  });
});
