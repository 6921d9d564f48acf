import { AutopilotUnderTest } from '../../support/autopilot.js';
import { RecordedModel } from '../../support/recorded-model.js';
import type { Chance } from './seed.js';

/** What a person does while the machine writes. */
const takeovers = ['pause', 'reply', 'assign', 'close', 'spam', 'nothing'] as const;
type Takeover = (typeof takeovers)[number];

/** What came of the races. */
export interface RaceReport {
  readonly races: number;
  /** Answers that began to leave after the takeover was answered. */
  afterTakeover: number;
  /** Conversations with more than one answer of the machine. */
  twice: number;
  /** Conversations that nobody took over and that were not answered once. */
  unanswered: number;
  /** Taken over before an answer left, and after: without both there was no race. */
  personFirst: number;
  machineFirst: number;
}

export const noneAfter = { afterTakeover: 0, twice: 0, unanswered: 0 };

const atOnce = 10;
const longestMilliseconds = 250;

/** Takes conversations over while a model writes their answers, at moments drawn by chance. */
export async function raceTakeovers(chance: Chance, races: number): Promise<RaceReport> {
  const model = await RecordedModel.start();
  const auto = await AutopilotUnderTest.start({ AI_ALLOWED_HOSTS: '127.0.0.1' });
  const report = { races, afterTakeover: 0, twice: 0, unanswered: 0, personFirst: 0, machineFirst: 0 };
  try {
    model.say = async () => {
      const written = chance.below(longestMilliseconds);
      await new Promise((resolve) => setTimeout(resolve, written));
      return { answer: 'Standard shipping takes 3 days.', sources: [1] };
    };
    await auto.drafts.settings({ enabled: true, baseUrl: model.url, model: 'recording', apiKey: 'sk-races' });
    for (let done = 0; done < races; done += atOnce)
      await Promise.all(
        Array.from({ length: Math.min(atOnce, races - done) }, () =>
          race(auto, chance.pick(takeovers), chance.below(2 * longestMilliseconds), report),
        ),
      );
  } finally {
    await auto.stop();
    await model.stop();
  }
  return report;
}

async function race(
  auto: AutopilotUnderTest,
  takeover: Takeover,
  afterMilliseconds: number,
  report: RaceReport,
): Promise<void> {
  const { conversationId } = await auto.arrived('How long does standard shipping take?');
  await new Promise((resolve) => setTimeout(resolve, afterMilliseconds));
  await take(auto, takeover, conversationId);
  const leaving = await left(auto, conversationId);
  await auto.quietIn(conversationId);
  const all = await left(auto, conversationId);
  if (all.length > 1) report.twice += 1;
  if (takeover === 'nothing') {
    if (all.length !== 1) report.unanswered += 1;
    return;
  }
  report.afterTakeover += all.filter((id) => !leaving.includes(id)).length;
  if (all.length === 0) report.personFirst += 1;
  else report.machineFirst += 1;
}

/** What the machine has said there that has left, or is on its way to the platform. */
async function left(auto: AutopilotUnderTest, conversationId: string): Promise<string[]> {
  return (await auto.answers(conversationId)).filter(({ status }) => status !== 'QUEUED').map(({ id }) => id);
}

async function take(auto: AutopilotUnderTest, takeover: Takeover, id: string): Promise<void> {
  const { drafts } = auto;
  const change = (mutation: string) => drafts.client.ask(`mutation ($id: ID!) { ${mutation} { id } }`, { id });
  if (takeover === 'pause') await drafts.pause(id, 'pauseAi');
  if (takeover === 'reply') await drafts.send(id, 'A person answers.', null);
  if (takeover === 'assign') await auto.assign(id);
  if (takeover === 'close') await change('setConversationStatus(id: $id, status: RESOLVED)');
  if (takeover === 'spam') await change('markSpam(conversationId: $id, spam: true)');
}
