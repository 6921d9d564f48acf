import { eventually } from '../../../test/support/client.js';
import { DraftsUnderTest, faq, text } from '../../../test/support/drafts.js';
import { RecordedModel } from '../../../test/support/recorded-model.js';

interface Question {
  readonly id: string;
  readonly question: string;
  readonly asked: number;
  readonly conversationIds: string[];
}

let drafts: DraftsUnderTest;
let model: RecordedModel;

const list = `query ($first: Int, $after: String) { unansweredQuestions(first: $first, after: $after) {
  nodes { id question asked lastAskedAt conversationIds } pageInfo { hasNextPage endCursor } } }`;
const dismiss = `mutation ($id: ID!) { dismissQuestion(id: $id) }`;
const answer = `mutation ($id: ID!, $answer: String!, $question: String) { answerQuestion(id: $id, answer: $answer, question: $question) { kind title passages } }`;

async function questions(): Promise<Question[]> {
  await drafts.settled();
  const { unansweredQuestions } = await drafts.client.ask<{ unansweredQuestions: { nodes: Question[] } }>(list);
  return unansweredQuestions.nodes;
}
const wrote = async (words: string, customerId?: string) => {
  const written = await drafts.written(words, customerId);
  await drafts.settled();
  return written;
};
const asked = async () => (await questions()).map(({ question, asked: times }) => [question, times]);

beforeAll(async () => {
  drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
  model = await RecordedModel.start();
  const add = `mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`;
  await drafts.client.ask(add, { input: { kind: 'TEXT', title: 'The shop', text } });
  await drafts.client.ask(add, { input: { kind: 'FAQ', title: 'Questions', faq } });
  await drafts.client.ask(`mutation ($input: BotInput!) { createBot(input: $input) { id } }`, {
    input: { name: 'Ada', channelIds: [drafts.channelId] },
  });
}, 60_000);
afterAll(async () => {
  await model.stop();
  await drafts.stop();
});

describe('what nobody could answer', () => {
  it('is gathered: the same question in other words is one, what is no question is none, and details of people are out', async () => {
    const first = await wrote('Do you repair broken watches?');
    await wrote('Could you repair a watch for me? I am Deniz, ada@example.com or +90 532 123 45 67');
    await wrote('How long does express shipping take?');
    await wrote('thank you for the watches');
    await wrote('👍');
    await wrote('Who painted the Mona Lisa?');
    const found = await questions();
    expect(found.map(({ asked: times }) => times)).toEqual([2, 1]);
    expect(found[0]?.question).toContain('Could you repair a watch for me?');
    expect(found[0]?.question).not.toMatch(/Deniz|ada@example|532/u);
    expect(found[0]?.conversationIds).toHaveLength(2);
    expect(found[0]?.conversationIds).toContain(first.conversationId);
    expect(found[1]?.question).toBe('Who painted the Mona Lisa?');
    expect(await drafts.modelCalls()).toEqual([]);
  });

  it('is noted once for a message, however often it is tried', async () => {
    const { conversationId } = await wrote('Do you buy used cameras?');
    await drafts.ask(conversationId);
    await drafts.ask(conversationId);
    expect(await asked()).toContainEqual(['Do you buy used cameras?', 1]);
  });

  it('is on it as well where a bot that answers by itself hands over for it, and not where the customer asked for that', async () => {
    const { bots } = await drafts.client.ask<{ bots: { id: string }[] }>(`{ bots { id } }`);
    const mode = (to: string) =>
      drafts.client.ask(`mutation ($id: ID!, $mode: AiMode) { updateBot(id: $id, input: { mode: $mode }) { mode } }`, {
        id: bots[0]?.id ?? '',
        mode: to,
      });
    await mode('AUTO');
    const { conversationId } = await wrote('Do you sell kites?');
    await wrote('Do you sell boats? I want to talk to a human please');
    await mode('DRAFT');
    const found = await questions();
    expect(found.find(({ question }) => question === 'Do you sell kites?')).toMatchObject({
      asked: 1,
      conversationIds: [conversationId],
    });
    expect(found.filter(({ question }) => question.includes('boats'))).toEqual([]);
  });

  it('comes page by page', async () => {
    const all = (await questions()).map(({ id }) => id);
    const paged: string[] = [];
    interface Page {
      unansweredQuestions: { nodes: Question[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    for (let after: string | null = null, more = true; more;) {
      const page: Page = await drafts.client.ask<Page>(list, { first: 1, after });
      paged.push(...page.unansweredQuestions.nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = page.unansweredQuestions.pageInfo);
    }
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(2);
  });

  it('is off the list once it is answered, and customers are answered from it; it comes back where that does not help', async () => {
    const [repair] = await questions();
    expect(await drafts.client.refusal(answer, { id: repair?.id ?? '', answer: ' ' })).toBe('BAD_USER_INPUT');
    expect(await drafts.client.refusal(answer, { id: drafts.channelId, answer: 'x' })).toBe('NOT_FOUND');
    expect(
      await drafts.client.ask(answer, {
        id: repair?.id ?? '',
        question: 'Do you repair watches?',
        answer: 'Yes, we repair watches within 5 days.',
      }),
    ).toEqual({ answerQuestion: { kind: 'FAQ', title: 'Do you repair watches?', passages: 1 } });
    expect((await questions()).map(({ id }) => id)).not.toContain(repair?.id);
    const { conversationId } = await wrote('Do you repair watches?');
    expect((await drafts.arrived(conversationId)).text).toBe('Yes, we repair watches within 5 days.');
    // The answer is gone, and somebody asks again.
    await drafts.owner.query(`delete from knowledge_sources where title = 'Do you repair watches?'`);
    await wrote('Can you repair my watch?');
    expect((await questions()).find(({ id }) => id === repair?.id)?.asked).toBe(3);
  });

  it('is answered from by the bot that was asked, though it draws on chosen sources, and by no other such bot', async () => {
    const set = `mutation ($id: ID!, $input: BotInput!) { updateBot(id: $id, input: $input) { id } }`;
    const read = `{ knowledge { nodes { id title } } bots { id name knowledge { title } } }`;
    interface Read {
      knowledge: { nodes: { id: string; title: string }[] };
      bots: { id: string; name: string; knowledge: { title: string }[] }[];
    }
    const known = async () =>
      (await drafts.client.ask<Read>(read)).bots
        .map(({ name, knowledge }) => [name, ...knowledge.map(({ title }) => title).toSorted()])
        .toSorted();
    const before = await drafts.client.ask<Read>(read);
    const knowledgeIds = before.knowledge.nodes.filter(({ title }) => title === 'The shop').map(({ id }) => id);
    await drafts.client.ask(set, { id: before.bots[0]?.id ?? '', input: { name: 'Ada', knowledgeIds } });
    const create = `mutation ($input: BotInput!) { createBot(input: $input) { id } }`;
    await drafts.client.ask(create, { input: { name: 'Unasked', knowledgeIds } });
    await wrote('Do you sharpen ice skates?');
    const skates = (await questions()).find(({ question }) => question.includes('ice skates'));
    await drafts.client.ask(answer, { id: skates?.id ?? '', answer: 'Yes, we sharpen ice skates for 12 EUR.' });
    expect(await known()).toEqual([
      ['Ada', 'Do you sharpen ice skates?', 'The shop'],
      ['Unasked', 'The shop'],
    ]);
    // In other words: a customer is known by what they wrote last.
    const { conversationId } = await wrote('Hello, do you sharpen ice skates?');
    expect((await drafts.arrived(conversationId)).text).toBe('Yes, we sharpen ice skates for 12 EUR.');
    // One that draws on everything goes on doing so: an entry of its own would take the rest from it.
    await drafts.client.ask(set, { id: before.bots[0]?.id ?? '', input: { name: 'Ada', knowledgeIds: [] } });
    await wrote('Do you polish silver spoons?');
    const spoons = (await questions()).find(({ question }) => question.includes('silver spoons'));
    await drafts.client.ask(answer, { id: spoons?.id ?? '', answer: 'Yes, we polish silver.' });
    expect(await known()).toEqual([['Ada'], ['Unasked', 'The shop']]);
  });

  it('stays a question where its answer is not taken', async () => {
    const [open] = await questions();
    const twin = {
      id: open?.id ?? '',
      question: 'Do you sharpen ice skates?',
      answer: 'Yes, we sharpen ice skates for 12 EUR.',
    };
    expect(await drafts.client.refusal(answer, twin)).toBe('CONFLICT');
    expect((await questions()).map(({ id }) => id)).toContain(open?.id);
  });

  it('stays off the list where it is dismissed, whoever asks it again', async () => {
    const painter = (await questions()).find(({ question }) => question.includes('Mona Lisa'));
    expect(await drafts.client.ask(dismiss, { id: painter?.id ?? '' })).toEqual({ dismissQuestion: true });
    await wrote('Who painted the Mona Lisa, do you know?');
    expect((await questions()).filter(({ question }) => question.includes('Mona Lisa'))).toEqual([]);
    expect(await drafts.client.refusal(dismiss, { id: 'x' })).toBe('NOT_FOUND');
  });

  it('is nothing of who wants no machine, and goes with who asked it [promise 66]', async () => {
    const { conversationId, customerId } = await wrote('Do you rent out tents?');
    expect(await asked()).toContainEqual(['Do you rent out tents?', 1]);
    await drafts.owner.query(
      `update contacts set automation_objected = true where id = (select contact_id from conversations where id = $1)`,
      [conversationId],
    );
    await wrote('Do you rent out boats?', customerId);
    expect((await asked()).map(([question]) => question)).not.toContain('Do you rent out boats?');
    const other = await wrote('Do you rent out tents in June?');
    expect(await asked()).toContainEqual(['Do you rent out tents in June?', 2]);
    await drafts.client.ask(`mutation ($id: ID!) { deleteConversation(id: $id) { id } }`, { id: other.conversationId });
    await eventually(async () => ((await asked()).some(([, times]) => times === 1) ? true : null));
    // What is shown are the words of somebody who is still there.
    expect(
      await eventually(async () => (await asked()).find(([words]) => words === 'Do you rent out tents?') ?? null),
    ).toEqual(['Do you rent out tents?', 1]);
    await drafts.client.ask(`mutation ($id: ID!) { deleteConversation(id: $id) { id } }`, { id: conversationId });
    await eventually(async () => {
      const { rows } = await drafts.owner.query(
        `select from unanswered_questions q where not exists (select from question_askings a where a.question_id = q.id)`,
      );
      return rows.length === 0 && !JSON.stringify(await asked()).includes('tents') ? true : null;
    });
  });
});

describe('with a model', () => {
  it('what it could not support is on the list, and a server that fails puts nothing there', async () => {
    await drafts.settings({ enabled: true, baseUrl: model.url, apiKey: 'sk-own', model: 'of-our-own' });
    model.say = () => ({ answer: 'Express shipping is free for students.', sources: [1] });
    await wrote('Is express shipping free for students?');
    expect(await asked()).toContainEqual(['Is express shipping free for students?', 1]);
    model.say = () => 500;
    await drafts.client.ask(
      `mutation { ${(await drafts.client.ask<{ bots: { id: string }[] }>(`{ bots { id } }`)).bots
        .map(({ id }, at) => `b${String(at)}: updateBot(id: "${id}", input: { quoteOnFailure: false }) { id }`)
        .join(' ')} }`,
    );
    // The knowledge speaks of it, so that the server is asked, and fails.
    const failed = 'Tell me, how long does express shipping take?';
    await wrote(failed);
    expect(JSON.stringify(await asked())).not.toContain(failed);
  });
});
