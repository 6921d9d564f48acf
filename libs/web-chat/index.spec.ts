import { type Chat, type ChatOptions, loadChat } from './index.js';

interface Made {
  readonly dataset: Record<string, string>;
  src: string;
  async: boolean;
  nonce: string;
  gone: boolean;
  remove(): void;
  onerror: () => void;
}

interface Page {
  Parley?: (((...call: unknown[]) => void) & { q?: unknown[][]; open?: unknown }) | undefined;
  document?: unknown;
}

const page = globalThis as unknown as Page & typeof globalThis;
const options = { server: 'https://chat.example.com/', key: 'pk_one' };
const scripts: Made[] = [];
const calls: unknown[][] = [];

/** What the script does when it has come: it takes what waits, and stands there from now on. */
function arrives(script: Made): void {
  if (script.dataset['key'] === undefined || page.Parley?.open !== undefined) return;
  const before = page.Parley?.q ?? [];
  page.Parley = Object.assign(
    (...call: unknown[]) => {
      calls.push(call);
      if (call[0] === 'destroy') page.Parley = undefined;
    },
    { open: () => undefined },
  );
  calls.push(...before);
}

describe('a chat that a site loads as a package', () => {
  const chats: Chat[] = [];
  const load = (more: Partial<ChatOptions> = {}) => {
    const chat = loadChat({ ...options, ...more });
    chats.push(chat);
    return chat;
  };
  const events = new EventTarget();

  beforeAll(() => {
    const makeScript = (): Made => {
      const script = {
        dataset: {},
        src: '',
        async: false,
        nonce: '',
        gone: false,
        remove: () => void (script.gone = true),
        onerror: () => undefined,
      };
      return script;
    };
    Object.assign(page, {
      document: { createElement: makeScript, head: { append: (script: Made) => void scripts.push(script) } },
      addEventListener: events.addEventListener.bind(events),
      removeEventListener: events.removeEventListener.bind(events),
      dispatchEvent: events.dispatchEvent.bind(events),
    });
  });
  beforeEach(() => {
    for (const chat of chats.splice(0)) chat.destroy();
    scripts.length = calls.length = 0;
    page.Parley = undefined;
  });
  afterAll(() => {
    for (const name of ['document', 'addEventListener', 'removeEventListener', 'dispatchEvent'])
      Reflect.deleteProperty(page, name);
  });

  it('is the one script of the server, with what the site has said', () => {
    load({ color: '#0f766e', launcher: '#help', consent: false, askFirst: true, nonce: 'n1', lang: 'tr' });
    expect(scripts).toMatchObject([{ src: 'https://chat.example.com/widget.js', async: true, nonce: 'n1' }]);
    expect(scripts[0]?.dataset).toEqual({
      key: 'pk_one',
      color: '#0f766e',
      lang: 'tr',
      launcher: '#help',
      consent: 'false',
      askFirst: '',
    });
  });

  it('is told in their order what it was told before it was there', () => {
    const chat = load();
    chat.identify({ id: '7', hash: 'ab' });
    chat.open();
    arrives(scripts[0] as Made);
    chat.setLocale('ar');
    expect(calls).toEqual([['identify', { id: '7', hash: 'ab' }], ['open'], ['setLocale', 'ar']]);
  });

  it('stands there once, however often it is asked for', () => {
    const chat = load();
    expect(load()).toBe(chat);
    expect(scripts).toHaveLength(1);
    arrives(scripts[0] as Made);
    // Another chat takes its place, and what is told to the first goes nowhere.
    const other = load({ key: 'pk_two' });
    expect([calls, scripts[0]?.gone]).toEqual([[['destroy']], true]);
    chat.open();
    other.prefill({ text: 'Hi' });
    arrives(scripts[1] as Made);
    expect(calls).toEqual([['destroy'], ['prefill', { text: 'Hi' }]]);
  });

  it('may be taken away before it has come, as components are that are drawn twice', () => {
    load().destroy();
    const chat = load();
    chat.open();
    for (const script of scripts) arrives(script);
    expect(scripts).toHaveLength(2);
    expect(calls).toEqual([['open']]);
  });

  it('tells what happens until it is not listened to any more', () => {
    const chat = load();
    const heard: unknown[] = [];
    const ends = [
      chat.on('unread', (count) => heard.push(count + 1)),
      chat.on('failed', (what) => heard.push(what.toUpperCase())),
    ];
    const tell = (name: string, detail?: unknown) => dispatchEvent(new CustomEvent(`parley:${name}`, { detail }));
    tell('unread', 2);
    scripts[0]?.onerror();
    for (const end of ends) end();
    tell('unread', 5);
    expect(heard).toEqual([3, 'UNAVAILABLE']);
  });

  it('is nothing where there is no page', () => {
    const { document } = page;
    Reflect.deleteProperty(page, 'document');
    const chat = loadChat(options);
    chat.open();
    expect(chat.on('open', () => undefined)()).toBeUndefined();
    Object.assign(page, { document });
    expect([scripts, page.Parley]).toEqual([[], undefined]);
  });

  it('takes what there is, and no more', () => {
    const chat = load();
    // Each of these has to be an error to the compiler.
    const wrong = () => {
      // @ts-expect-error There is no such command.
      chat.explode();
      // @ts-expect-error An id is a text.
      chat.identify({ id: 7 });
      // @ts-expect-error There is no such event.
      chat.on('closed', () => undefined);
      // @ts-expect-error A count comes with it.
      chat.on('unread', (count: string) => count);
      // @ts-expect-error Nothing that a visitor writes is told.
      chat.on('message', (text: string) => text);
      // @ts-expect-error Which chat has to be said.
      loadChat({ server: 'https://chat.example.com' });
      // @ts-expect-error There are two sides.
      loadChat({ ...options, position: 'top' });
    };
    expect(wrong).toThrow(TypeError);
  });
});
