import fastify, { type FastifyInstance } from 'fastify';
import { shedLoad } from './shed-load.js';

describe('a process that is asked for more than it can hold', () => {
  let server: FastifyInstance;
  let pressed = false;
  let answers: (() => void)[] = [];
  let url = '';

  beforeEach(async () => {
    pressed = false;
    answers = [];
    server = fastify({ forceCloseConnections: true });
    shedLoad(server, () => pressed);
    server.post('/graphql', () => new Promise((resolve) => answers.push(() => resolve({ data: {} }))));
    server.get('/files/:id', () => 'file');
    server.post('/webhooks/meta', () => 'OK');
    server.get('/health/live', () => 'OK');
    url = await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => server.close());

  const post = (path: string) => fetch(`${url}${path}`, { method: 'POST' });
  async function until(holds: () => boolean): Promise<void> {
    for (let tries = 0; tries < 1_000 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(holds()).toBe(true);
  }

  it('answers 256 operations at a time, tells the next to come back, and takes it once one is done', async () => {
    const running = Array.from({ length: 256 }, () => post('/graphql'));
    await until(() => answers.length === 256);
    const refused = await post('/graphql');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE', retryAfter: 2 } }] });
    answers.shift()?.();
    await Promise.race(running);
    const taken = post('/graphql');
    await until(() => answers.length === 256);
    for (const answer of answers) answer();
    expect((await Promise.all([...running, taken])).map((response) => response.status)).not.toContain(503);
  });

  it('lets nobody who went away count', async () => {
    const gone = new AbortController();
    const running = Array.from({ length: 256 }, () =>
      fetch(`${url}/graphql`, { method: 'POST', signal: gone.signal }).catch(() => null),
    );
    await until(() => answers.length === 256);
    gone.abort();
    await Promise.all(running);
    await until(() => true);
    const next = post('/graphql');
    await until(() => answers.length === 257);
    answers.at(-1)?.();
    expect((await next).status).toBe(200);
  });

  it('refuses reads first: while deliveries wait, they alone are taken', async () => {
    pressed = true;
    expect((await post('/graphql')).status).toBe(503);
    expect((await fetch(`${url}/files/1`)).status).toBe(503);
    expect((await post('/webhooks/meta')).status).toBe(200);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});
