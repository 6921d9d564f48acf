import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { MerchantError } from '../merchants/merchant.js';

/** Does something at the merchant; what it does not do is told in words that people can act on. */
export async function atMerchant<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  try {
    return await work(AbortSignal.timeout(20_000));
  } catch (error) {
    if (!(error instanceof MerchantError)) throw error;
    if (error.reason === 'unreachable')
      throw new DomainError(
        ErrorCode.UNAVAILABLE,
        'The payment provider cannot be reached right now. Nothing was changed; try again in a minute.',
        { reason: 'MERCHANT_UNREACHED', cause: error, retryAfter: error.retryAfterSeconds ?? 60 },
      );
    throw new DomainError(
      ErrorCode.PLATFORM_REFUSED,
      'The payment provider refused it. Nothing was changed; whoever runs this server finds the reason in its log.',
      { reason: 'MERCHANT_REFUSED', cause: error },
    );
  }
}
