import { merchantSamples, stateOf } from '../../../test/support/merchant-samples/index.js';
import { type SampleState, personal, personalFields } from '../../../test/support/merchant-samples/sample.js';
import type { OutgoingClient } from '../../platform/http/index.js';
import { merchantOf } from './merchants.js';
import type { MerchantSubscription } from './merchant.js';

// Nothing is called here.
const nobody = {} as OutgoingClient;
const settings = {
  apiUrl: 'https://merchant.example',
  apiKey: 'key',
  webhookSecret: 'secret',
  storeId: '1',
  clientToken: null,
};
const soon = '2026-10-22T12:00:00.000000Z';

describe.each(merchantSamples)('$name', (sample) => {
  const { ids, states } = sample;
  const [anyKind = ''] = states;
  const merchant = merchantOf(sample.name, settings, nobody);
  const eventOf = (kind: string, changed: Partial<SampleState> = {}) => {
    const state = stateOf(sample, changed);
    return sample.event(kind, sample.subscription(state), state);
  };
  const told = (changed: Partial<SampleState>) =>
    merchant.read(eventOf(anyKind, changed)).about as MerchantSubscription;

  it.each(states)('reads %s as the subscription as it was then', (kind) => {
    const event = merchant.read(eventOf(kind));
    expect(event).toEqual({
      id: expect.stringMatching(/^[\w-]{10,}$/) as string,
      kind,
      occurredAt: new Date('2026-09-22T12:00:00Z'),
      about: {
        reference: ids.reference,
        customer: ids.customer,
        status: 'ACTIVE',
        prices: [ids.price],
        renewsAt: new Date(soon),
        endsAt: null,
        asOf: new Date('2026-09-22T12:00:00Z'),
        checkout: null,
        customData: { workspace_id: 'w1', signature: 'abc' },
      },
    });
  });

  it.each(Object.entries(sample.concerning))('reads %s as one to ask about', (kind, data) => {
    const { about } = merchant.read(sample.event(kind, data(ids.reference), stateOf(sample)));
    expect(about).toEqual({ reference: ids.reference });
  });

  it.each(Object.entries(sample.others))('reads %s as about no subscription', (kind, data) => {
    const event = merchant.read(sample.event(kind, data, stateOf(sample)));
    expect([event.kind, event.about]).toEqual([kind, null]);
  });

  it('names an event by the same id each time, and another by another (case W4)', () => {
    const id = (body: Buffer) => merchant.read(body).id;
    expect(id(eventOf(anyKind))).toBe(id(eventOf(anyKind)));
    const other = sample.name === 'paddle' ? eventOf(String(states[1])) : eventOf(anyKind, { changedAt: soon });
    expect(id(other)).not.toBe(id(eventOf(anyKind)));
  });

  it.each(Object.entries(sample.statuses))('says %s in our words: %s', (status, ours) => {
    const ends = ours === 'CANCELED' ? '2026-09-01T00:00:00Z' : null;
    const { status: said, endsAt, renewsAt } = told({ status, endsAt: ends });
    expect([said, endsAt?.toISOString() ?? null]).toEqual([ours, ends === null ? null : '2026-09-01T00:00:00.000Z']);
    if (ours === 'CANCELED') expect(renewsAt).toBeNull();
  });

  it('calls one that ends with its period canceled, until then', () => {
    const running = Object.entries(sample.statuses).filter(([, ours]) => ours === 'ACTIVE' || ours === 'TRIALING');
    expect(running.length).toBe(2);
    // Lemon Squeezy has a word for it, with which nothing else is said of the subscription.
    const words = sample.name === 'lemonsqueezy' ? ['cancelled'] : running.map(([status]) => status);
    for (const status of words) {
      const { status: said, endsAt, renewsAt } = told({ status, endsAt: soon });
      expect([said, endsAt, renewsAt]).toEqual(['CANCELED', new Date(soon), null]);
    }
  });

  it('does not take one that is not paid for as canceled because it is to end as well', () => {
    const { status, endsAt } = told({ status: 'past_due', endsAt: soon });
    expect([status, endsAt]).toEqual(['PAST_DUE', new Date(soon)]);
  });

  it('says when one has ended that does not say it itself', () => {
    for (const [status] of Object.entries(sample.statuses).filter(([, ours]) => ours === 'CANCELED'))
      expect(told({ status }).endsAt).toEqual(new Date('2026-09-22T12:00:00Z'));
  });

  it('takes over no name, address or card, wherever they stand [promise 41]', () => {
    const full = { ...stateOf(sample).custom, ...personalFields, note: personal.name, address: personal.street };
    const kinds = [...states, ...Object.keys(sample.concerning), ...Object.keys(sample.others)];
    for (const kind of kinds) {
      const state = stateOf(sample, { custom: full });
      const data = sample.concerning[kind]?.(ids.reference) ?? sample.others[kind] ?? sample.subscription(state);
      const event = merchant.read(sample.event(kind, data, state));
      for (const word of Object.values(personal)) expect(JSON.stringify(event)).not.toContain(word);
    }
  });

  it('takes over from the checkout what ours gave along, as short text', () => {
    const odd = {
      workspace_id: 42,
      deep: { workspace_id: 'w2' },
      other: 'x',
      signature: 'ok',
    };
    expect(told({ custom: odd }).customData).toEqual({ workspace_id: '42', signature: 'ok' });
    for (const signature of ['x'.repeat(501), '', 'two words', ['w2'], { length: 1 }, null, true, 'ü', 'a\u0000b'])
      expect(told({ custom: { workspace_id: 'w1', signature } }).customData).toEqual({ workspace_id: 'w1' });
    expect(told({ custom: null as never }).customData).toEqual({});
    expect(told({ custom: 'workspace_id' as never }).customData).toEqual({});
  });

  it('lets nothing in a body reach what objects are made of', () => {
    const body = eventOf(anyKind).toString();
    const hostile = body
      .replace('"workspace_id":"w1"', '"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}')
      .replace(/^\{/, '{"__proto__":{"polluted":"yes"},');
    const { customData } = merchant.read(Buffer.from(hostile)).about as MerchantSubscription;
    expect(customData).toEqual({ signature: 'abc' });
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  const wholeEvents = () => {
    const state = stateOf(sample);
    const event = JSON.parse(sample.event(anyKind, sample.subscription(state), state).toString()) as unknown;
    return pathsIn(event).map((path) => ({ path, event }));
  };
  const hostile: readonly unknown[] = [
    null,
    true,
    -1,
    1e308,
    2 ** 60,
    '',
    'SECRET CONTENT',
    '../../customers',
    'x'.repeat(100_000),
    [],
    {},
    { length: 1e9 },
    ['SECRET CONTENT'],
    '9999-99-99T99:99:99Z',
    '+275760-09-13T00:00:00Z',
  ];

  it('reads or refuses an event with any of its parts replaced, in words without its content', () => {
    let refused = 0;
    for (const { path, event } of wholeEvents()) {
      for (const value of hostile) {
        const body = Buffer.from(JSON.stringify(replaced(event, path, value)));
        try {
          const { id, kind, occurredAt, about } = merchant.read(body);
          expect([typeof id, typeof kind, occurredAt.getTime() > 0]).toEqual(['string', 'string', true]);
          if (about !== null) expect(about.reference).toMatch(/^[\w-]{1,100}$/);
          expect(JSON.stringify({ id, kind, about })).not.toContain('SECRET');
        } catch (error) {
          refused += 1;
          expect((error as Error).message).toMatch(/^The event of .{5,20} is not as documented(?:: see [\w.]+)?\.$/);
          expect((error as Error).cause).toBeUndefined();
        }
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it.each([
    ['', 'nothing'],
    ['{', 'half'],
    ['[]', 'a list'],
    ['null', 'null'],
    ['"SECRET"', 'text'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'deep lists'],
    [`${'{"data":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 'deep objects'],
    ['\u0000\ud800', 'no text'],
  ])('refuses a body that is no event: %#', (body, what) => {
    expect(() => merchant.read(Buffer.from(body))).toThrow(/^The event of .* is (?:no JSON|not as documented)/);
    expect(what).toBeTruthy();
  });
});

describe('what only one merchant says', () => {
  const read = (name: string, data: unknown, kind: string, changed: Partial<SampleState> = {}) => {
    const sample = merchantSamples.find((one) => one.name === name);
    if (sample === undefined) throw new Error('There is no such sample.');
    const state = stateOf(sample, changed);
    const whole = { ...(sample.subscription(state) as object), ...(data as object) };
    return merchantOf(sample.name, settings, nobody).read(sample.event(kind, whole, state)).about;
  };

  it('Paddle: names the transaction in which it was bought', () => {
    expect(read('paddle', { transaction_id: 'txn_01h' }, 'subscription.created')).toMatchObject({
      checkout: 'txn_01h',
    });
  });

  it('Paddle: goes by when the event occurred, not by when it was last changed', () => {
    const about = read('paddle', { updated_at: '2026-01-01T00:00:00Z' }, 'subscription.updated');
    expect(about).toMatchObject({ asOf: new Date('2026-09-22T12:00:00Z') });
  });

  it('Paddle: counts what is paid for, with its add-ons, and not what is no longer', () => {
    const items = ['pri_team', 'pri_whatsapp', 'pri_old'].map((id) => ({
      price: { id },
      quantity: 1,
      status: id === 'pri_old' ? 'inactive' : 'active',
    }));
    expect(read('paddle', { items }, 'subscription.updated')).toMatchObject({ prices: ['pri_team', 'pri_whatsapp'] });
  });

  it('Paddle: goes on where a pause is scheduled', () => {
    const scheduled_change = { action: 'pause', effective_at: soon, resume_at: null };
    expect(read('paddle', { scheduled_change }, 'subscription.updated')).toMatchObject({
      status: 'ACTIVE',
      endsAt: null,
    });
  });

  it('Polar: takes one as not bought whose first payment was never made', () => {
    for (const status of ['incomplete', 'incomplete_expired'])
      expect(read('polar', { status }, 'subscription.created')).toBeNull();
  });

  it('Polar: goes by when it was changed, or by the event where it never was', () => {
    expect(read('polar', { modified_at: '2026-09-20T00:00:00Z' }, 'subscription.updated')).toMatchObject({
      asOf: new Date('2026-09-20T00:00:00Z'),
    });
    expect(read('polar', { modified_at: null }, 'subscription.created')).toMatchObject({
      asOf: new Date('2026-09-22T12:00:00Z'),
    });
  });

  it('Polar: names the checkout in which it was bought', () => {
    expect(read('polar', { checkout_id: 'c-1' }, 'subscription.created')).toMatchObject({ checkout: 'c-1' });
  });

  it('Lemon Squeezy: takes one that has expired as ended, though it names a later day', () => {
    const asOf = new Date('2026-09-22T12:00:00Z');
    expect(read('lemonsqueezy', {}, 'subscription_expired', { status: 'expired', endsAt: soon })).toMatchObject({
      status: 'CANCELED',
      endsAt: asOf,
    });
  });
});

/** The way to each part of a value. */
function pathsIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, part]: [string, unknown]) => pathsIn(part, [...at, name]))];
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}
