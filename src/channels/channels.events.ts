import type { MemberActor } from '../platform/access/index.js';
import type { ChannelKind } from './enums.js';

/** A channel was connected, or connected again (`revived`) with its history. */
export class ChannelConnected {
  constructor(
    readonly channelId: string,
    readonly kind: ChannelKind,
    readonly revived: boolean,
    /** Who connected it. */
    readonly by: MemberActor,
  ) {}
}

/**
 * A channel was disconnected: nothing is received or sent over it any more. With `deleteHistory` the module that keeps
 * conversations removes those of this channel; it may do so in bounded batches after the transaction.
 */
export class ChannelDisconnected {
  constructor(
    readonly channelId: string,
    readonly deleteHistory: boolean,
    /** It was disconnected before, and a restored backup brought it back. */
    readonly again = false,
  ) {}
}

/** Who gave a channel its access took that back at the platform: the token is wiped. */
export class ConsentWithdrawn {
  constructor(
    readonly channelId: string,
    /** It was taken back before, and a restored backup brought the token back. */
    readonly again = false,
  ) {}
}

/** The platform refuses the channel's token: sends wait until somebody connects the account again. */
export class ChannelExpired {
  constructor(
    readonly channelId: string,
    readonly reason: string,
  ) {}
}

/** The access of a channel ends soon, and could not be renewed: somebody has to connect the account again before. */
export class ChannelExpiring {
  constructor(
    readonly channelId: string,
    readonly reason: string,
  ) {}
}

/** Messages may have come to a channel that were not delivered: its access had ended, or its webhooks were off. */
export class MessagesMissed {
  constructor(readonly channelId: string) {}
}
