import { importReady } from './import-ready.js';

let asked: string[] = [];
let line: (address: string) => Promise<Partial<Response>>;
const whole = { ok: true, status: 200, arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)) };

beforeEach(() => {
  asked = [];
  line = () => Promise.resolve(whole);
  Object.assign(globalThis, {
    location: { origin: 'http://parley' },
    document: {
      querySelectorAll: () => [{ src: 'http://parley/assets/first.js' }, { href: 'http://parley/assets/libraries.js' }],
    },
    fetch: (address: string) => {
      asked.push(address);
      return line(address);
    },
  });
});

const names = ['assets/first.js', 'assets/libraries.js'];

describe('a part that is imported', () => {
  it('has its files fetched first, but for those that came with the page', async () => {
    let fetchedBefore: string[] = [];
    const part = await importReady(() => {
      fetchedBefore = [...asked];
      return Promise.resolve('part');
    }, ['assets/a.js', ...names, 'assets/b.js']);
    expect(part).toBe('part');
    expect(fetchedBefore).toEqual(['http://parley/assets/a.js', 'http://parley/assets/b.js']);
  });

  it('is not imported where a file was cut on the way or is not there, and is fetched again the next time', async () => {
    let imported = 0;
    const take = () => importReady(() => Promise.resolve((imported += 1)), ['assets/c.js']);
    line = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(take()).rejects.toThrow('Failed to fetch');
    line = () => Promise.resolve({ ...whole, arrayBuffer: () => Promise.reject(new TypeError('cut')) });
    await expect(take()).rejects.toThrow('cut');
    line = () => Promise.resolve({ ...whole, ok: false, status: 404 });
    await expect(take()).rejects.toThrow('http://parley/assets/c.js is not there: 404');
    expect(imported).toBe(0);
    line = () => Promise.resolve(whole);
    expect(await take()).toBe(1);
    expect(await take()).toBe(2);
    expect(asked).toHaveLength(4);
  });
});
