import { AutopilotUnderTest } from '../../../test/support/autopilot.js';
import { eventually } from '../../../test/support/client.js';
import { RecordedModel } from '../../../test/support/recorded-model.js';

/** How long a customer may wait at most where a model server takes the question and says nothing: its 30 seconds, and a little. */
const longestWait = 60_000;

describe('I6: a model server that takes the question and never says a word', () => {
  let auto: AutopilotUnderTest;
  let model: RecordedModel;
  beforeAll(async () => {
    model = await RecordedModel.start();
    model.say = () => new Promise(() => undefined);
    auto = await AutopilotUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
    await auto.drafts.settings({ enabled: true, baseUrl: model.url, model: 'silent', apiKey: 'sk-silent' });
  }, 60_000);
  afterAll(async () => {
    await auto.stop();
    await model.stop();
  });

  /** What the customer read in the end, which does not change any more. */
  async function read(conversationId: string) {
    const ours = async () =>
      (await auto.said(conversationId)).filter(
        ({ direction, status }) => direction === 'OUTBOUND' && status !== 'CANCELED',
      );
    await eventually(async () => ((await ours()).some(({ status }) => status !== 'QUEUED') ? true : null), longestWait);
    await auto.quietIn(conversationId);
    return (await ours()).map(({ author }) => author);
  }

  it.each([
    [true, ['BOT'], { paused: false, waiting: false }],
    [false, ['SYSTEM'], { paused: true, waiting: true }],
  ])(
    'the customer gets one word and no second: a quote, or that a person comes (quoted: %s) [promise 38]',
    async (quoteOnFailure, authors, standing) => {
      await auto.bot({ quoteOnFailure });
      const asked = model.calls.length;
      const { conversationId } = await auto.arrived('How long does standard shipping take?');
      expect(await read(conversationId)).toEqual(authors);
      expect(await auto.standing(conversationId)).toMatchObject(standing);
      expect(model.calls.length - asked).toBe(1);
    },
    2 * longestWait,
  );
});
