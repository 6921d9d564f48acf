import type { DeliveryItem } from './channel-adapter.js';
import type { ChannelKind } from './enums.js';

/** An item with the kind of channel that its account is. */
export interface SplitItem extends DeliveryItem {
  readonly kind: ChannelKind;
}

/** A part of a delivery that could not be cut into items, in the provider's own form. */
export interface BrokenPart {
  /** Whose it is, where the part says so. */
  readonly account: string | null;
  readonly reason: string;
  readonly body: Buffer;
}

/** A delivery in its items. */
export interface SplitDelivery {
  readonly items: readonly SplitItem[];
  readonly broken: readonly BrokenPart[];
  /** What nobody here knows, such as an `object` that is new; counted. */
  readonly unknown: readonly string[];
}

/** Cuts the deliveries of one provider into items, each with the account that it is for. Never throws, and never rejects. */
export interface DeliverySplitter {
  readonly provider: string;
  split(body: Buffer): SplitDelivery | Promise<SplitDelivery>;
}
