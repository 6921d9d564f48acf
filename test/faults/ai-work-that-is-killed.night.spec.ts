import type { ServerResponse } from 'node:http';
import { TestClient, eventually } from '../support/client.js';
import { LoopbackServer } from '../support/loopback-server.js';
import { RecordedModel } from '../support/recorded-model.js';
import { killedAt } from './harness/killed-in-the-middle.js';
import { ownSite } from './harness/own-site.js';

const pages = 12;
const cases = 8;
const paragraphs = 200;
/** Cents for a million tokens at the dearest model of the list. */
const dearestPrompt = 250;

/** What the tests wait for before they let it go on. */
class Gate {
  private release: () => void = () => undefined;
  private waiting: Promise<void> | null = null;

  close(): void {
    this.waiting = new Promise((resolve) => (this.release = resolve));
  }

  open(): void {
    this.release();
    this.waiting = null;
  }

  async passed(): Promise<void> {
    await this.waiting;
  }
}

describe('F1: the worker is killed in what it does for the AI, and Redis forgets', () => {
  const asked: string[] = [];
  const gate = new Gate();
  let heldPage = '';
  let shop: LoopbackServer;
  let model: RecordedModel;
  let client: TestClient;
  const start = ownSite({ environment: { AI_ALLOWED_HOSTS: '127.0.0.1' } }, async (started) => {
    shop = await LoopbackServer.start((request, response) => void serve(request.url ?? '', response));
    model = await RecordedModel.start();
    client = await TestClient.signedUp(started.api.url, 'Ada');
  });
  const site = () => start();
  afterAll(async () => {
    await shop.stop();
    await model.stop();
  });

  async function serve(path: string, response: ServerResponse): Promise<void> {
    asked.push(path);
    if (path === heldPage) await gate.passed();
    const page = /^\/p(\d+)$/.exec(path)?.[1];
    const map = Array.from({ length: pages }, (_, n) => `<url><loc>${shop.url}/p${String(n)}</loc></url>`).join('');
    response.writeHead(path === '/robots.txt' ? 404 : 200, {
      'content-type': page === undefined ? 'application/xml' : 'text/html',
    });
    response.end(
      page === undefined
        ? `<?xml version="1.0"?><urlset>${map}</urlset>`
        : `<body><h1>Lamp ${page}</h1><p>Lamp number ${page} is delivered within ${page} days.</p></body>`,
    );
  }

  /** Its claim ends by itself after a while; this does not wait for that. */
  async function takenOver(kind: string): Promise<void> {
    await site().flushRedis();
    const jobs = await site().ask(
      `update due set leased_until = now() - interval '1 second' where kind = $1 and leased_until is not null returning 1`,
      [kind],
    );
    expect(jobs).toHaveLength(1);
    await site().worker.start();
  }

  const add = async (input: object) =>
    (
      await client.ask<{ addKnowledge: { id: string } }>(
        'mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }',
        { input },
      )
    ).addKnowledge.id;
  const count = async (query: string, ...values: unknown[]) =>
    (await site().ask<{ n: number }>(`select count(*)::int as n from ${query}`, values))[0]?.n ?? 0;
  const tokensOf = async () =>
    (
      await site().ask<{ n: number }>(
        `select sum(prompt_tokens)::int as n from ai_runs where purpose = 'EMBEDDING' and error is null`,
      )
    )[0]?.n;
  const assumed = async () =>
    (await site().ask<{ cents: number }>('select coalesce(sum(assumed_cents), 0)::float8 as cents from ai_spending'))[0]
      ?.cents ?? 0;
  const spent = async () =>
    (await site().ask<{ cents: number }>('select coalesce(sum(cents), 0)::float8 as cents from ai_spending'))[0]
      ?.cents ?? 0;

  it('a site is read on from the page at which it was, and no page twice but that', async () => {
    heldPage = '/p5';
    gate.close();
    const id = await add({ kind: 'URL', title: 'Lamps', url: `${shop.url}/sitemap.xml` });
    await eventually(async () => (asked.includes('/p5') ? true : null), 30_000);
    expect(await count('passages where knowledge_id = $1', id)).toBe(5);
    await site().worker.kill();
    heldPage = '';
    gate.open();
    await takenOver('read-knowledge');
    await eventually(
      async () => ((await count(`knowledge_sources where id = $1 and status = 'READY'`, id)) === 1 ? true : null),
      60_000,
    );
    const timesAsked = (path: string) => asked.filter((one) => one === path).length;
    expect(Array.from({ length: pages }, (_, n) => timesAsked(`/p${String(n)}`))).toEqual(
      Array.from({ length: pages }, (_, n) => (n === 5 ? 2 : 1)),
    );
    expect(timesAsked('/sitemap.xml')).toBe(1);
    const rows = await site().ask<{ text: string }>(`select text from passages where knowledge_id = $1`, [id]);
    expect(new Set(rows.map(({ text }) => text)).size).toBe(pages);
    expect(rows).toHaveLength(pages);
    expect(await count('knowledge_pages where knowledge_id = $1 and waits', id)).toBe(0);
  }, 120_000);

  it('passages are given their vectors on from the batch at which it was, and nothing is counted twice', async () => {
    const text = Array.from(
      { length: paragraphs },
      (_, n) => `# Shade ${String(n)}\n\nThe shade number ${String(n)} is made of linen.`,
    ).join('\n\n');
    await add({ kind: 'TEXT', title: 'Shades', text });
    const all = paragraphs + pages;
    expect(await count('passages')).toBe(all);
    await killedAt(
      site(),
      // The third batch cannot be kept.
      (holder) =>
        holder.query(
          'select from passages where id = (select id from passages order by id offset 140 limit 1) for update',
        ),
      () =>
        client.ask('mutation ($input: AiSettingsInput!) { updateAiSettings(input: $input) { enabled } }', {
          input: {
            enabled: true,
            baseUrl: model.url,
            apiKey: 'sk-own',
            model: 'of-our-own',
            embeddingModel: 'vectors',
            promptCentsPerMillion: 2_000,
            completionCentsPerMillion: 10_000,
          },
        }),
    );
    expect(await count('passages where embedding is not null')).toBe(128);
    await takenOver('embed-passages');
    await eventually(async () => ((await count('passages where embedding is null')) === 0 ? true : null), 60_000);
    // The batch that was on its way when it died is paid twice; no other.
    expect(model.embeddedTexts).toHaveLength(all + 64);
    expect(new Set(model.embeddedTexts).size).toBe(all);
    // 10 tokens a passage: what the dead worker kept is on its record, and nothing is counted twice.
    expect(await tokensOf()).toBe(10 * all);
    // At the dearest price; the batch that died with it stays counted by its length, for it was paid for.
    const twice = model.embeddedTexts.filter((one, at, texts) => texts.indexOf(one) !== at);
    expect(twice).toHaveLength(64);
    const lost = Math.ceil(twice.join('').length / 2);
    expect(await assumed()).toBeCloseTo(((10 * all + lost) * dearestPrompt) / 1_000_000, 6);
  }, 120_000);

  it('an evaluation goes on from the case at which it was: none is judged or paid for twice', async () => {
    const before = await spent();
    const { createBot } = await client.ask<{ createBot: { id: string } }>(
      `mutation ($input: BotInput!) { createBot(input: $input) { id } }`,
      { input: { name: 'Ada', mode: 'OFF' } },
    );
    const questions = Array.from(
      { length: cases },
      (_, n) => `In how many days is lamp number ${String(n)} delivered?`,
    );
    let calls = 0;
    const begun = model.calls.length;
    model.say = async () => {
      calls += 1;
      if (calls === 4) {
        gate.close();
        await gate.passed();
      }
      return { answer: `Lamp number 1 is delivered within 1 days.`, sources: [1] };
    };
    const { evaluateBot } = await client.ask<{ evaluateBot: { id: string } }>(
      `mutation ($bot: ID!, $cases: [EvaluationCase!]!) { evaluateBot(botId: $bot, cases: $cases) { id } }`,
      { bot: createBot.id, cases: questions.map((question) => ({ question, expected: 'delivered' })) },
    );
    const judged = () => count('evaluation_results where evaluation_id = $1 and verdict is not null', evaluateBot.id);
    await eventually(async () => (calls === 4 ? true : null), 30_000);
    expect(await judged()).toBe(3);
    await site().worker.kill();
    gate.open();
    await takenOver('evaluate-bot');
    await eventually(
      async () => ((await count(`evaluations where id = $1 and status = 'DONE'`, evaluateBot.id)) === 1 ? true : null),
      60_000,
    );
    expect(await judged()).toBe(cases);
    // The one whose answer died with the worker was asked once more.
    expect(calls).toBe(cases + 1);
    expect(await count(`ai_runs where purpose = 'EVALUATION'`)).toBe(cases);
    expect(
      await count('evaluation_results r join ai_runs a on a.id = r.run_id where r.evaluation_id = $1', evaluateBot.id),
    ).toBe(cases);
    // Three cents a case; nobody has said what looking up its meaning costs.
    const lookedUp = model.calls.slice(begun).filter(({ path }) => path.endsWith('/embeddings')).length;
    expect(lookedUp).toBeGreaterThanOrEqual(cases);
    const cost = (await spent()) - before;
    expect(cost).toBeCloseTo(3 * cases, 5);
  }, 120_000);
});
