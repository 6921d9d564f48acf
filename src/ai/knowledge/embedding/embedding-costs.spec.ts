import { DraftsUnderTest, text } from '../../../../test/support/drafts.js';
import { eventually } from '../../../../test/support/client.js';
import { RecordedModel } from '../../../../test/support/recorded-model.js';
import { Queues } from '../../../platform/queue/index.js';

let drafts: DraftsUnderTest;
let model: RecordedModel;
let models = 0;
const usual = { prompt_tokens: 1_000, completion_tokens: 100 };
/** Cents for a million tokens at the dearest model of the list. */
const dearest = 250;

beforeAll(async () => {
  drafts = await DraftsUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
  model = await RecordedModel.start();
  await drafts.settings({ enabled: true, baseUrl: model.url, apiKey: 'sk-x', model: 'm', promptCentsPerMillion: 1 });
  await drafts.client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, {
    input: { kind: 'TEXT', title: 'The shop', text },
  });
}, 60_000);
beforeEach(async () => {
  model.usage = usual;
  model.sayVectors = null;
  model.calls.length = 0;
  await drafts.settings({ embeddingCentsPerMillion: 0, monthlyBudgetCents: 1_000_000 });
  await drafts.owner.query('delete from ai_spending');
});
afterAll(async () => {
  await model.stop();
  await drafts.stop();
});

/** Has all passages given vectors of another model than before. */
async function anew(settings: object = {}): Promise<void> {
  await drafts.settings({ embeddingModel: `vectors-${String((models += 1))}`, ...settings });
  await drafts.app.app.get(Queues).sweep();
}

async function areMade(): Promise<void> {
  await anewIsOver();
  const { rows } = await drafts.owner.query('select from passages where embedded_with not like $1', [
    `% vectors-${String(models)}`,
  ]);
  expect(rows).toHaveLength(0);
}

function anewIsOver(): Promise<unknown> {
  return eventually(async () => {
    const { rows } = await drafts.owner.query(
      `select from due where kind = 'embed-passages' and (due_at <= now() or leased_until is not null)`,
    );
    return rows.length === 0 ? true : null;
  });
}

async function counted(): Promise<{ cents: number; assumed: number }> {
  const { rows } = await drafts.owner.query<{ cents: number; assumed: number }>(
    `select coalesce(sum(cents), 0)::float8 as cents, coalesce(sum(assumed_cents), 0)::float8 as assumed from ai_spending`,
  );
  return rows[0] ?? { cents: 0, assumed: 0 };
}

async function lastRun(): Promise<{ cost: number | null; tokens: number; error: string | null }> {
  const { rows } = await drafts.owner.query<Awaited<ReturnType<typeof lastRun>>>(
    `select cost_cents as cost, prompt_tokens as tokens, error from ai_runs where purpose = 'EMBEDDING' order by at desc, id desc limit 1`,
  );
  return rows[0] ?? { cost: null, tokens: 0, error: 'none' };
}

describe('what vectors cost', () => {
  it('is what the workspace says of its model of vectors, not of its model of language', async () => {
    await anew({ embeddingCentsPerMillion: 40_000 });
    await areMade();
    const tokens = 10 * model.embeddedTexts.length;
    expect(tokens).toBeGreaterThan(0);
    const cost = (tokens * 40_000) / 1_000_000;
    expect(await lastRun()).toEqual({ cost, tokens, error: null });
    expect(await counted()).toEqual({ cents: cost, assumed: 0 });
  });

  it('counts at the dearest price that is known where nobody says it', async () => {
    await anew();
    await areMade();
    const tokens = 10 * model.embeddedTexts.length;
    expect(await lastRun()).toEqual({ cost: null, tokens, error: null });
    const { cents, assumed } = await counted();
    expect(cents).toBe(0);
    expect(assumed).toBeCloseTo((tokens * dearest) / 1_000_000, 9);
  });

  it('counts by the length of what left where the server does not say what it used', async () => {
    model.usage = null;
    await anew({ embeddingCentsPerMillion: 40_000 });
    await areMade();
    const tokens = Math.ceil(model.embeddedTexts.join('').length / 2);
    expect(await lastRun()).toEqual({ cost: null, tokens: 0, error: null });
    const { cents, assumed } = await counted();
    expect(cents).toBe(0);
    expect(assumed).toBeCloseTo((tokens * 40_000) / 1_000_000, 9);
  });

  it('is nothing where the server fails', async () => {
    model.sayVectors = () => ({ status: 400, raw: '{}' });
    await anew();
    await eventually(async () => (model.embeddedTexts.length > 0 ? true : null));
    await anewIsOver();
    expect(await lastRun()).toMatchObject({ error: expect.stringContaining('400') as string });
    expect((await counted()).assumed).toBeCloseTo(0, 9);
  });

  it('is counted before it is known: while the server thinks, what left counts by its length', async () => {
    let answer: () => void = () => undefined;
    const thinks = new Promise<void>((resolve) => (answer = resolve));
    model.sayVectors = async () => {
      await thinks;
      return { status: 400, raw: '{}' };
    };
    await anew();
    await eventually(async () => (model.embeddedTexts.length > 0 ? true : null));
    const reserved = Math.ceil(model.embeddedTexts.join('').length / 2);
    expect((await counted()).assumed).toBeCloseTo((reserved * dearest) / 1_000_000, 9);
    answer();
    await anewIsOver();
  });

  it('ends with the budget: then nothing leaves any more', async () => {
    await anew({ embeddingCentsPerMillion: 1_000_000, monthlyBudgetCents: 1 });
    await areMade();
    const calls = model.calls.length;
    expect((await counted()).cents).toBeGreaterThan(1);
    await anew();
    await anewIsOver();
    expect(model.calls).toHaveLength(calls);
  });
});
