import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHmac } from 'node:crypto';
import { type TestClient, eventually } from '../support/client.js';
import { appSecret } from '../support/app.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { ownSite } from './harness/own-site.js';
import { envelope, page, textItem } from './harness/traffic.js';

const restarts = 20;
const perSecond = 100;
const lookMilliseconds = 200;

interface Outcome {
  readonly what: string;
  readonly result: string;
}

/** One request over a new connection; only where that is refused it goes to the next process, as a balancer sends it. */
function ask(ports: readonly number[], path: string, body: string, headers: Record<string, string>): Promise<string> {
  const [port, ...others] = ports;
  return new Promise((resolve) => {
    const call = http.request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json', ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve(`${String(response.statusCode)} ${text.includes('"errors"') ? text : ''}`.trim()),
        );
        response.on('error', (error) => resolve(`cut: ${error.message}`));
      },
    );
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' && others.length > 0) resolve(ask(others, path, body, headers));
      else resolve(error.code ?? error.message);
    });
    call.end(body);
  });
}

describe('F11: twenty restarts at a hundred requests a second', () => {
  let client: TestClient;

  const site = ownSite({ apis: 2 }, async (started) => {
    client = await connectedOwner(started.api.url);
  });

  it('no request fails, and every process ends by itself within half a minute', async () => {
    const outcomes: Promise<Outcome>[] = [];
    let number = 0;
    // As a balancer does: it asks every process, and sends to those that said yes.
    const ready = new Set(site().apis.map(({ port }) => port));
    const looking = setInterval(() => {
      for (const { url, port } of site().apis) {
        void fetch(`${url}/health/ready`).then(
          ({ ok }) => (ok ? ready.add(port) : ready.delete(port)),
          () => ready.delete(port),
        );
      }
    }, lookMilliseconds);
    const pump = setInterval(() => {
      number += 1;
      const ports = [...ready];
      const order = number % 2 === 0 ? ports : ports.reverse();
      const body = envelope(page, [textItem(page, number % 20, `m_roll-${String(number)}`, 'rolling', Date.now())]);
      const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
      const made =
        number % 4 < 2
          ? ask(order, '/webhooks/meta', body, { 'x-hub-signature-256': signature })
          : ask(
              order,
              '/graphql',
              JSON.stringify({ query: '{ conversations(first: 5) { nodes { id } } }' }),
              client.headers(),
            );
      outcomes.push(made.then((result) => ({ what: number % 4 < 2 ? 'webhook' : 'query', result })));
    }, 1_000 / perSecond);
    const exits: { code: number | null; seconds: number }[] = [];
    for (let restart = 0; restart < restarts; restart += 1) {
      const one = site().apis[restart % 2];
      if (one === undefined) throw new Error('There are two.');
      const since = performance.now();
      const code = await one.stop();
      exits.push({ code, seconds: (performance.now() - since) / 1_000 });
      await one.start();
      await eventually(() => Promise.resolve(ready.has(one.port) ? true : null), 30_000);
      await sleep(300);
    }
    clearInterval(pump);
    clearInterval(looking);
    const results = await Promise.all(outcomes);
    process.stdout.write(
      `${JSON.stringify({ requests: results.length, restarts, longest: Math.max(...exits.map(({ seconds }) => seconds)) })}\n`,
    );
    expect(results.filter(({ result }) => result !== '200')).toEqual([]);
    expect(results.length).toBeGreaterThan(1_000);
    expect(exits.filter(({ code, seconds }) => code !== 0 || seconds > 30)).toEqual([]);
  }, 600_000);
});
