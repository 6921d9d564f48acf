import { believedForgeries } from './forged.js';

describe('ten thousand webhooks that differ from a signed one in one bit (case W1)', () => {
  it.each(['page', 'instagram', 'whatsapp_business_account'])('are not believed: %s', (provider) => {
    expect(believedForgeries(provider, 10_000)).toEqual([]);
  });
});
