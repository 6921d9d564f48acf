/** Why Shopify gave no answer that can be used. */
type TroubleKind =
  /** It does not take the token (any more), or the code. */
  | 'REFUSED'
  /** It asks to be left alone for a while. */
  | 'BUSY'
  /** It cannot be reached, or fails. */
  | 'UNREACHED'
  /** It says something else than its documentation. */
  | 'ODD';

/** Shopify did not do what it was asked. Its own words are not repeated: nobody knows what a stranger's server writes there. */
export class ShopifyTrouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ShopifyTrouble';
  }
}
