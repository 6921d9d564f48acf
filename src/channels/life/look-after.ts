import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { ChannelConnected } from '../channels.events.js';

/** Kinds of job, and Bull's queues, that keep a connection alive; the row is the channel. */
export const expiryJob = 'token-expiry';
export const refreshJob = 'token-refresh';
/** What its token was used for is not kept for ever. */
export const forgetUsesJob = 'forget-token-uses';

/** From its connection on each channel is looked after by the clock alone: a quiet inbox as well as a busy one. */
@Injectable()
export class LookAfter implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.facts.on(ChannelConnected, async (tx, { channelId }) => {
      // The jobs find out by themselves when there is something to do.
      this.outbox.schedule(tx, expiryJob, channelId);
      this.outbox.schedule(tx, refreshJob, channelId);
      this.outbox.schedule(tx, forgetUsesJob, channelId);
      return Promise.resolve();
    });
  }
}
