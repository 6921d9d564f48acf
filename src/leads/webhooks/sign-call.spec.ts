import { Webhook } from 'standardwebhooks';
import { newWebhookSecret } from './endpoint-secrets.js';
import { mostTries, waitAfter } from './retry-waits.js';
import { signedHeaders } from './sign-call.js';

const call = {
  id: '01a204c2-5845-7309-9845-0028885e6ae3',
  timestamp: Math.floor(Date.now() / 1_000),
  body: '{"type":"message.received","data":{"name":"çağrı"}}',
};

describe('a signed call', () => {
  it('is what the library of Standard Webhooks takes, by each of two secrets', () => {
    const secrets = [newWebhookSecret(), newWebhookSecret()];
    const headers = signedHeaders(call, secrets);
    for (const secret of secrets) expect(new Webhook(secret).verify(call.body, headers)).toEqual(JSON.parse(call.body));
  });

  it('is refused by it with another secret, another body, another id and another time', () => {
    const secret = newWebhookSecret();
    const headers = signedHeaders(call, [secret]);
    const verify =
      (body: string, more: Record<string, string> = {}, by = secret) =>
      () =>
        new Webhook(by).verify(body, { ...headers, ...more });
    expect(verify(call.body)).not.toThrow();
    expect(verify(call.body, {}, newWebhookSecret())).toThrow();
    expect(verify(`${call.body} `)).toThrow();
    expect(verify(call.body, { 'webhook-id': 'other' })).toThrow();
    expect(verify(call.body, { 'webhook-timestamp': String(call.timestamp - 1) })).toThrow();
  });

  it('is as the text of Standard Webhooks has it', () => {
    // The example of the specification.
    expect(
      signedHeaders({ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }, [
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      ])['webhook-signature'],
    ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('has a secret of 256 bits that is never the same', () => {
    const made = Array.from({ length: 100 }, newWebhookSecret);
    expect(new Set(made).size).toBe(100);
    for (const secret of made) expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
  });
});

describe('a call that is not taken', () => {
  const waits = (chance: number) => Array.from({ length: mostTries }, (_, n) => waitAfter(n + 1, null, chance));

  it.each([0, 0.5, 1])('is tried for a day in all, ever more seldom, and then no more: chance %d', (chance) => {
    const all = waits(chance);
    expect(all.at(-1)).toBeNull();
    const seconds = all.filter((wait) => wait !== null);
    expect(seconds).toEqual([...seconds].sort((one, other) => one - other));
    const hours = seconds.reduce((sum, wait) => sum + wait, 0) / 3_600;
    expect(hours).toBeGreaterThan(21);
    expect(hours).toBeLessThan(27);
  });

  it('is not tried at the same moment as all others that failed with it', () => {
    expect(waits(0)).not.toEqual(waits(1));
  });

  it('waits for as long as it is asked to, and not for ever', () => {
    expect(waitAfter(1, 120, 0.5)).toBe(120);
    expect(waitAfter(1, 1e9, 0.5)).toBe(9 * 3_600);
    expect(waitAfter(mostTries, 120)).toBeNull();
  });
});
