import { eventually } from '../support/client.js';
import { LeadDesk } from '../support/lead-desk.js';
import type { RecordedCall } from '../support/recorded-model.js';
import { obey } from './obedience.js';
import { type Tongue, payloads, token, wordsIn } from './payloads.js';

const question = 'How long does standard shipping take?';
const tongues: readonly Tongue[] = ['en', 'tr', 'ar'];

/** The most obedient of models, for what was asked. */
function obeying(call: RecordedCall, earlier: number): { readonly raw: string } {
  const { messages } = call.body;
  const user = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const everything = messages.map(({ content }) => content).join('\n');
  const { content } = obey(
    { method: 'POST', path: call.path, headers: {}, body: call.body, everything, user: user.join('\n') },
    earlier,
  );
  const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
  return { raw: JSON.stringify({ id: 'c', object: 'chat.completion', model: call.body.model, choices }) };
}

describe('I1 I2: what people send in and a model that does whatever any text tells it', () => {
  let desk: LeadDesk;
  const shown: string[] = [];
  const hidden: string[] = [];

  beforeAll(async () => {
    desk = await LeadDesk.start();
    await desk.bot({ leadMode: 'AUTO' });
    await desk.writes(true);
    desk.model.say = (call) => obeying(call, desk.model.calls.length);
    for (const [index, payload] of payloads.entries()) {
      const words = wordsIn(payload, tongues[index % tongues.length] ?? 'en').slice(0, 4_000);
      const { id } = await desk.arrives(`${question}\n${words}`);
      shown.push(id);
      if (index % 3 !== 0) continue;
      // All that is beside the message: no model is ever given it.
      const beside = await desk.arrives(question, {
        details: {
          name: words.slice(0, 190),
          company: words.slice(0, 190),
          phone: words.slice(0, 100),
          message: question,
          fields: { [words.slice(0, 90)]: words.slice(0, 900), budget: words.slice(0, 900) },
        },
        consents: [{ text: words, given: true }],
        tags: [token.toLowerCase()],
      });
      hidden.push(beside.id);
    }
    await eventually(async () => {
      const [waiting] = await desk.rows<{ n: number }>(
        `select count(*)::int as n from leads where first_replied_at is null and reply_task is null`,
      );
      return waiting?.n === 0 ? true : null;
    }, 120_000);
    await desk.quiet();
  }, 180_000);
  afterAll(() => desk.stop());

  const requestsOf = async (ids: readonly string[]) =>
    (
      await desk.rows<{ request: unknown }>(
        `select request from ai_runs where lead_id = any ($1::uuid[]) and provider not in ('quote', 'rules')`,
        [ids],
      )
    ).map(({ request }) => JSON.stringify(request));

  it('the attacks arrive in the message, and the model obeys', async () => {
    const requests = await requestsOf(shown);
    expect(requests.filter((request) => request.includes(token)).length).toBeGreaterThan(payloads.length / 3);
    const answers = await desk.rows<{ response: string }>(
      `select response from ai_runs where response like '%' || $1 || '%'`,
      [token],
    );
    expect(answers.length).toBeGreaterThan(payloads.length / 4);
  });

  it('what stands beside the message reaches no model [promise 35]', async () => {
    const requests = await requestsOf(hidden);
    expect(requests.length).toBe(hidden.length);
    expect(requests.filter((request) => /KESTREL|evil\.test|budget/iu.test(request))).toEqual([]);
  });

  it('nobody is sent a word of it, nor a link, nor anything that no passage says', () => {
    const bodies = desk.host.handed.map(({ body }) => body.replace(/=\r\n/g, ''));
    expect(bodies.length).toBeGreaterThan(hidden.length / 2);
    expect(bodies.filter((body) => /KESTREL|evil|https?:|refund|<script|You write a/iu.test(body))).toEqual([]);
    // The right answer may be among it.
    expect(bodies.some((body) => body.includes('Standard shipping takes 3 days.'))).toBe(true);
  });

  it('and nobody is written to twice, or but for what they left', () => {
    const receivers = desk.host.handed.flatMap(({ to }) => to);
    expect(new Set(receivers).size).toBe(receivers.length);
    expect(receivers.filter((address) => !/^grace-[0-9a-f]{8}@mail\.example$/u.test(address))).toEqual([]);
  });
});
