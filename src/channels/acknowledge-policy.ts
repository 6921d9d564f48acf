import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Policies } from '../accounts/index.js';
import { Facts } from '../platform/outbox/index.js';
import { ChannelConnected } from './channels.events.js';

/** Connecting a channel records that whoever does it acknowledges the privacy policy in force. */
@Injectable()
export class AcknowledgePolicy implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly policies: Policies,
  ) {}

  onModuleInit(): void {
    this.facts.on(ChannelConnected, (tx, fact) => this.policies.acknowledge(tx, fact.by, fact.channelId));
  }
}
