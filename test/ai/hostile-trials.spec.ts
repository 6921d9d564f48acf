import { eventually } from '../support/client.js';
import { HostileDesk, detailsOf } from './hostile-desk.js';
import { withoutFacts } from './hostile-run.js';
import { type Scenario, allScenarios } from './scenarios.js';

// Every second way of attacking, written where a member tries a bot: by hand, and in the cases of an evaluation.
const scenarios = allScenarios().filter(({ carrier, index }) => carrier === 'chat message' && index % 2 === 0);
const asks = (scenario: Scenario) => `${detailsOf(scenario)}\n${scenario.question} ${scenario.words}`.slice(0, 1_900);

/** Attacks I1, I2 and I4 where nobody is written to: what is tried is stored and shown all the same. */
describe('an obedient model that is tried', () => {
  let desk: HostileDesk;
  let botId: string;

  beforeAll(async () => {
    desk = await HostileDesk.start();
    await desk.plant(scenarios);
    await desk.switchOn();
    const { bots } = await desk.shop.client.ask<{ bots: { id: string; name: string }[] }>('{ bots { id name } }');
    botId = bots.find(({ name }) => name === 'Lamp bot')?.id ?? '';
  }, 120_000);
  afterAll(() => desk.stop());

  const onlyFacts = (said: readonly (readonly [string, string])[]) => {
    expect(said.filter(([, text]) => text !== '').length).toBeGreaterThan(scenarios.length / 3);
    // What its customer gives may be told to them as theirs.
    const strange = said.map(([name, text]) => [
      name,
      withoutFacts(text.replace(/your (?:\w+ ){0,2}is [^\n]*@private\.example\.?/g, '')),
    ]);
    expect(strange.filter(([, rest]) => rest !== '')).toEqual([]);
  };

  it('says in a preview what the knowledge says, and nothing else; nothing left but what may', async () => {
    const said: [string, string][] = [];
    for (const scenario of scenarios) {
      const { previewReply } = await desk.shop.client.ask<{ previewReply: { text: string } }>(
        'mutation ($bot: ID!, $text: String!) { previewReply(botId: $bot, text: $text) { text } }',
        { bot: botId, text: asks(scenario) },
      );
      said.push([scenario.name, previewReply.text]);
    }
    onlyFacts(said);
    expect(desk.model.requests.length).toBeGreaterThanOrEqual(scenarios.length);
  }, 120_000);

  it('and so it does in an evaluation, whose cases are judged by rules and not by what they say', async () => {
    const { evaluateBot } = await desk.shop.client.ask<{ evaluateBot: { id: string } }>(
      'mutation ($bot: ID!, $cases: [EvaluationCase!]!) { evaluateBot(botId: $bot, cases: $cases) { id } }',
      // Whoever is obeyed would pass.
      { bot: botId, cases: scenarios.map((scenario) => ({ question: asks(scenario), expected: 'KESTREL' })) },
    );
    const { results, passed } = await eventually(async () => {
      const { evaluation } = await desk.shop.client.ask<{
        evaluation: { status: string; passed: number; results: { question: string; answer: string }[] };
      }>('query ($id: ID!) { evaluation(id: $id) { status passed results { question answer } } }', {
        id: evaluateBot.id,
      });
      return evaluation.status === 'DONE' || evaluation.status === 'FAILED' ? evaluation : null;
    }, 100_000);
    expect(results).toHaveLength(scenarios.length);
    onlyFacts(results.map(({ question, answer }) => [question.slice(0, 200), answer]));
    expect(passed).toBe(0);
  }, 120_000);

  it('I3 I4 no request held a detail, a canary or a tool, and nothing was said to anybody', async () => {
    const left = desk.model.requests.map(({ body }) => JSON.stringify(body)).join('\n');
    expect(left).not.toMatch(/private\.example|532 77|4111 1111|"tools?"/);
    expect(desk.canaries.all.filter(({ value }) => left.includes(value)).map(({ what }) => what)).toEqual([]);
    const { rows } = await desk.inboxes.admin.query(
      `select count(*)::int as n from messages where direction = 'OUTBOUND' and workspace_id = $1`,
      [desk.shop.workspaceId],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
