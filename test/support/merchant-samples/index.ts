import { lemonSqueezySample } from './lemon-squeezy.js';
import { paddleSample } from './paddle.js';
import { polarSample } from './polar.js';
import type { MerchantSample, SampleState } from './sample.js';

/** One of each merchant; what is asked of one is asked of all. */
export const merchantSamples: readonly MerchantSample[] = [paddleSample, lemonSqueezySample, polarSample];

/** A subscription that stands well, changed as a test wants it. */
export function stateOf({ ids }: MerchantSample, changed: Partial<SampleState> = {}): SampleState {
  return {
    ...ids,
    status: 'active',
    changedAt: '2026-09-22T12:00:00.000000Z',
    renewsAt: '2026-10-22T12:00:00.000000Z',
    endsAt: null,
    custom: { workspace_id: 'w1', signature: 'abc' },
    ...changed,
  };
}
