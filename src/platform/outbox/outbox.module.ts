import { Global, Module } from '@nestjs/common';
import { Facts } from './facts.js';
import { Hints } from './hints.js';
import { Outbox } from './outbox.js';

@Global()
@Module({ providers: [Facts, Hints, Outbox], exports: [Facts, Hints, Outbox] })
export class OutboxModule {}
