import { type TestClient, eventually, postWebhook } from '../../support/client.js';
import { text } from '../../support/drafts.js';
import { RecordedModel } from '../../support/recorded-model.js';
import { connectedOwner } from './run-deliveries.js';
import { type Blow, Schedule, plan } from './schedule.js';
import type { Chance } from './seed.js';
import { TakenLedger } from './sends-ledger.js';
import type { Site } from './site.js';
import { envelope, textItem, whatsApp } from './traffic.js';

const question = 'How long does standard shipping take?';
const answer = 'Standard shipping takes 3 days.';
const longestThought = 400;
/** One of so many is nobody's number any more. */
const unknown = 25;

/** Sends that go wrong after the platform has taken the message, and before. */
const faults: readonly (readonly [number, object])[] = [
  [0.03, { hangAfterAccept: true }],
  [0.03, { resetAfterAccept: true }],
  [0.03, { statusAfterAccept: 500 }],
  [0.03, { status: 429, retryAfter: 1, error: { code: 130429 } }],
];

/** What a conversation came to, by the database. */
interface Ending {
  readonly customer: string;
  readonly answers: number;
  /** The state of its one answer. */
  readonly status: string | null;
  readonly messageId: string | null;
  readonly paused: boolean;
  readonly waiting: boolean;
}

/** The lists of what ought not to be, by customer; each is empty after a good run. */
export interface AnswersReport {
  /** The platform took more than one answer. */
  readonly answeredTwice: readonly string[];
  /** Members are shown more than one answer. */
  readonly shownTwice: readonly string[];
  /** Shown as sent, and the platform never had it. */
  readonly saidSentButWasNot: readonly string[];
  /** No answer is known to have arrived, and nobody was told to look. */
  readonly leftAlone: readonly string[];
  /** How many were answered for certain, and how many were handed over: without some of the first there was no test. */
  readonly answered: number;
  readonly handedOver: number;
  readonly struck: readonly string[];
}

export const nobodyForgotten = { answeredTwice: [], shownTwice: [], saidSentButWasNot: [], leftAlone: [] };

/** Customers ask a bot that answers by itself, while processes are killed and the platform fails; then three ledgers are compared. */
export async function runAnswers(
  site: Site,
  chance: Chance,
  run: { readonly people: number; readonly blows: readonly Blow[]; readonly settleWithin: number },
): Promise<AnswersReport> {
  const model = await RecordedModel.start();
  try {
    model.say = async () => {
      const thought = chance.below(longestThought);
      await new Promise((resolve) => setTimeout(resolve, thought));
      return { answer, sources: [1] };
    };
    const client = await connectedOwner(site.api.url);
    await prepare(client, model);
    for (const [index, [rate, action]] of faults.entries()) {
      const match = { path: '/messages$', method: 'POST', rate, seed: chance.seed * 10 + index };
      await site.control('POST', 'faults', { match, action, times: null });
    }
    const schedule = new Schedule(site, plan(chance, run.people, run.blows));
    for (let person = 1; person <= run.people; person += 1) {
      await asks(site, person);
      await new Promise((resolve) => setTimeout(resolve, chance.below(150)));
      schedule.reached(person);
    }
    await schedule.over();
    const endings = await ended(site, run.people, run.settleWithin);
    return { ...compare(endings, await new TakenLedger(site).read()), struck: schedule.struck };
  } finally {
    await model.stop();
  }
}

async function prepare(client: TestClient, model: RecordedModel): Promise<void> {
  const { channels } = await client.ask<{ channels: { id: string; kind: string }[] }>(`{ channels { id kind } }`);
  await client.ask(`mutation ($input: AiSettingsInput!) { updateAiSettings(input: $input) { enabled } }`, {
    input: { enabled: true, baseUrl: model.url, model: 'recording', apiKey: 'sk-faults' },
  });
  await client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, {
    input: { kind: 'TEXT', title: 'The shop', text },
  });
  await client.ask(`mutation ($input: BotInput!) { createBot(input: $input) { id } }`, {
    input: {
      name: 'Ada',
      mode: 'AUTO',
      channelIds: channels.filter(({ kind }) => kind === 'WHATSAPP').map(({ id }) => id),
    },
  });
}

/** One person asks; the platform brings it again until it is taken. */
async function asks(site: Site, person: number): Promise<unknown> {
  const id = `wamid.question${String(person)}`;
  const item = textItem(whatsApp, person, id, question, Date.now()) as { readonly from: string };
  // Whom the platform does not know it takes a message for, and says later that it reached nobody.
  if (person % unknown !== 0)
    await site.control('POST', 'customers', { channel: 'whatsapp', id: item.from, name: 'Deniz' });
  return eventually(
    () =>
      postWebhook(site.api.url, envelope(whatsApp, [item])).then(
        (status) => (status === 200 ? true : null),
        () => null,
      ),
    60_000,
  );
}

/** How each conversation ended, once nothing is to be answered or sent any more. */
function ended(site: Site, people: number, milliseconds: number): Promise<Ending[]> {
  return eventually(async () => {
    const [open] = await site.ask<{ n: string }>(
      `select (select count(*) from due where kind in ('draft-reply', 'deliver-messages'))
            + (select count(*) from deliveries where set_aside_at is null)
            + (select count(*) from messages where direction = 'OUTBOUND' and status in ('QUEUED', 'SENDING'))
            + (select count(*) from messages where author = 'BOT' and status = 'SENT') as n`,
    );
    const endings = await site.ask<Ending>(
      `select i.external_id as customer, c.ai_paused as paused, c.waiting_since is not null as waiting,
              count(m.id)::int as answers, min(m.status) as status, min(m.id::text) as "messageId"
         from conversations c join contact_identities i on i.contact_id = c.contact_id
         left join messages m on m.conversation_id = c.id and m.author = 'BOT'
        group by i.external_id, c.id, c.ai_paused, c.waiting_since`,
    );
    if (Number(open?.n) === 0 && endings.length === people) return endings;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return null;
  }, milliseconds);
}

function compare(
  endings: readonly Ending[],
  taken: Awaited<ReturnType<TakenLedger['read']>>,
): Omit<AnswersReport, 'struck'> {
  const answersTo = Map.groupBy(
    taken.filter((entry) => entry.text.includes(answer)),
    ({ customer }) => customer,
  );
  const isSent = ({ status }: Ending) => status === 'SENT' || status === 'DELIVERED' || status === 'READ';
  const names = (wrong: (ending: Ending) => boolean) => endings.filter(wrong).map(({ customer }) => customer);
  return {
    answeredTwice: [...answersTo].filter(([, copies]) => copies.length > 1).map(([customer]) => customer),
    shownTwice: names(({ answers }) => answers > 1),
    saidSentButWasNot: names((one) => isSent(one) && !taken.some((entry) => entry.callbackData === one.messageId)),
    leftAlone: names((one) => !isSent(one) && !(one.paused && one.waiting)),
    answered: endings.filter(isSent).length,
    handedOver: endings.filter(({ paused }) => paused).length,
  };
}
