import { Queues } from '../../src/platform/queue/index.js';
import { eventually } from '../support/client.js';
import { OtherChannels } from '../support/other-channels.js';
import { SandboxStory, platforms } from '../support/sandbox-story.js';
import { Door } from './harness/door.js';

const names = [...platforms, 'line', 'mail', 'site'] as const;
type Name = (typeof names)[number];
const behind = {
  graph: ['messenger', 'instagram', 'whatsapp'],
  telegram: ['telegram'],
  line: ['line'],
  smtp: ['mail'],
} as const satisfies Record<string, readonly Name[]>;
const arrived = ['SENT', 'DELIVERED', 'READ'];

/** What waits is moved towards now, as far as the next of it is away: so an hour of waiting passes as it would. */
describe('F5: one platform is down for an hour, and nobody listens there', () => {
  let story: SandboxStory;
  let others: OtherChannels;
  const doors: Partial<Record<keyof typeof behind | 'imap', Door>> = {};
  const conversations: Partial<Record<Name, string>> = {};

  beforeAll(async () => {
    for (const name of ['graph', 'telegram', 'line', 'smtp', 'imap'] as const) doors[name] = await Door.start();
    others = await OtherChannels.start((name, url) => {
      const to = new URL(url);
      doorTo(name).leadTo(Number(to.port));
      to.port = String(doorTo(name).port);
      return Promise.resolve(to.href.replace(/\/$/, ''));
    });
    story = await SandboxStory.start({
      ...others.environment,
      META_GRAPH_URL: `http://127.0.0.1:${String(doorTo('graph').port)}/graph`,
      TELEGRAM_API_URL: `http://127.0.0.1:${String(doorTo('telegram').port)}/telegram`,
    });
    for (const name of ['graph', 'telegram'] as const) doorTo(name).leadTo(Number(new URL(story.app.sandbox.url).port));
    for (const platform of platforms) await story.connect(platform);
    for (const other of Object.values(others.all)) await other.connect(story);
    for (const name of names) {
      await write(name, `a question on ${name}`);
      conversations[name] = await story.conversationOf(`a question on ${name}`);
    }
  }, 120_000);
  afterAll(async () => {
    await story.stop();
    await others.stop();
    for (const door of Object.values(doors)) await door.shut();
  });

  function doorTo(name: keyof typeof doors): Door {
    const door = doors[name];
    if (door === undefined) throw new Error(`There is no door to ${name}.`);
    return door;
  }
  const isPlatform = (name: Name) => (platforms as readonly string[]).includes(name);
  const otherOf = (name: Name) => others.all[name as keyof OtherChannels['all']];
  const write = async (name: Name, text: string): Promise<void> => {
    if (isPlatform(name)) await story.play(name as (typeof platforms)[number], { kind: 'text', text });
    else await otherOf(name).write(text);
  };
  const times = async (name: Name, text: string) => {
    const reached = isPlatform(name)
      ? (await story.shown(name as (typeof platforms)[number])).map((message) => message.text)
      : await otherOf(name).reached();
    return reached.filter((words) => words === text).length;
  };
  const sendOn = async (name: Name, text: string) => {
    const { id } = await story.send(conversations[name] ?? '', { text });
    return { name, text, id };
  };
  const statusOf = async ({ id }: { id: string }) =>
    (
      await story.owner.query<{ status: string; error: string | null }>(
        'select status, error from messages where id = $1',
        [id],
      )
    ).rows[0];
  /** Until it has arrived, once. */
  const reachedOnce = async (one: { name: Name; text: string; id: string }) => {
    const holds = async () =>
      arrived.includes((await statusOf(one))?.status ?? '') && (await times(one.name, one.text)) > 0;
    const seen = await eventually(async () => ((await holds()) ? true : null), 20_000).catch(() => statusOf(one));
    expect([one.name, one.text, seen]).toEqual([one.name, one.text, true]);
    expect([one.name, await times(one.name, one.text)]).toEqual([one.name, 1]);
  };
  /** Lets the time pass until the next of what waits is due, and what is due be done; gives how many seconds that was. */
  const passTime = async (kind: string) => {
    const { rows } = await story.owner.query<{ seconds: number | null }>(
      `select extract(epoch from min(due_at) - now())::float8 as seconds from due where kind = $1 and leased_until is null`,
      [kind],
    );
    const seconds = Math.max(0, rows[0]?.seconds ?? 0);
    await story.owner.query(`update due set due_at = due_at - make_interval(secs => $2) where kind = $1`, [
      kind,
      seconds + 0.01,
    ]);
    await story.app.app.get(Queues).sweep();
    await eventually(async () => {
      const busy = await story.owner.query(
        `select 1 from due where kind = $1 and (due_at <= now() or leased_until > now())`,
        [kind],
      );
      return busy.rowCount === 0 ? true : null;
    }, 30_000);
    return seconds;
  };
  /** As where the time has come for all that waits. */
  const hurry = async (kind: string) => {
    await story.owner.query(`update due set due_at = now() where kind = $1`, [kind]);
    await story.app.app.get(Queues).sweep();
  };
  const steps: Record<string, number> = {};

  it.each(Object.entries(behind) as [keyof typeof behind, readonly Name[]][])(
    '%s: what is for it waits and leaves once afterwards, all others go on',
    async (which, down) => {
      const up = names.filter((name) => !down.includes(name));
      await doorTo(which).shut();
      const waiting = [];
      for (const name of down) waiting.push(await sendOn(name, `while ${which} is down, to ${name}`));
      for (const one of waiting)
        await eventually(async () => ((await statusOf(one))?.error === null ? null : true), 30_000);
      let hour = 0;
      let count = 0;
      for (; hour < 3_600; count += 1) {
        // A hundred steps are more than any pace of trying needs.
        expect(count).toBeLessThan(100);
        if (count % 5 === 0)
          for (const name of up)
            await reachedOnce(await sendOn(name, `${which} is down, step ${String(count)}, ${name}`));
        hour += await passTime('deliver-messages');
        for (const one of waiting) expect([one.name, (await statusOf(one))?.status]).toEqual([one.name, 'QUEUED']);
      }
      steps[which] = count;
      for (const one of waiting) {
        expect((await statusOf(one))?.error).toMatch(/It is tried again by itself\.$/);
        expect(await times(one.name, one.text)).toBe(0);
      }
      // Customers of the others are heard meanwhile.
      for (const name of up) {
        await write(name, `heard while ${which} is down, ${name}`);
        await story.conversationOf(`heard while ${which} is down, ${name}`);
      }
      await doorTo(which).reopen();
      await hurry('deliver-messages');
      for (const one of waiting) await reachedOnce(one);
    },
    300_000,
  );

  it('imap: mails are read once afterwards, it is said meanwhile, all others go on', async () => {
    const channel = async () =>
      (
        await story.owner.query<{ status: string; error: string | null }>(
          `select status, last_error as error from channels where kind = 'EMAIL'`,
        )
      ).rows[0];
    await doorTo('imap').shut();
    await write('mail', 'written while nobody reads');
    await eventually(async () => {
      const { rowCount } = await story.owner.query(
        `select 1 from due where kind = 'fetch-mail' and leased_until is null`,
      );
      return rowCount ? true : null;
    }, 60_000);
    let hour = 0;
    for (let count = 0; hour < 3_600; count += 1) {
      expect(count).toBeLessThan(100);
      hour += await passTime('fetch-mail');
      steps['imap'] = count + 1;
    }
    expect(await channel()).toMatchObject({ status: 'ERROR', error: expect.stringMatching(/nothing is lost/) });
    // Answers by mail leave all the same: that is another server.
    for (const name of names) await reachedOnce(await sendOn(name, `imap is down, to ${name}`));
    for (const name of names.filter((one) => one !== 'mail')) {
      await write(name, `heard while imap is down, ${name}`);
      await story.conversationOf(`heard while imap is down, ${name}`);
    }
    const copies = () =>
      story.owner.query<{ id: string }>(`select id from messages where text = 'written while nobody reads'`);
    expect((await copies()).rowCount).toBe(0);
    await doorTo('imap').reopen();
    await hurry('fetch-mail');
    await eventually(async () => ((await copies()).rowCount ? true : null), 30_000);
    await eventually(async () => ((await channel())?.status === 'CONNECTED' ? true : null), 30_000);
    await write('mail', 'and after it');
    await story.conversationOf('and after it');
    expect((await copies()).rowCount).toBe(1);
  }, 300_000);

  it('site: a visitor who was away for an hour reads what was answered, once', async () => {
    // There is no platform that could be down: the visitor is not there, and the answer waits here.
    const sent = await sendOn('site', 'while you were away');
    await story.age(conversations.site ?? '', 1);
    await reachedOnce(sent);
    process.stdout.write(`tries within the hour: ${JSON.stringify(steps)}\n`);
  });
});
