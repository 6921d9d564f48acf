import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { DomainErrorFilter } from './domain-error.filter.js';
import { InstanceController } from './instance.controller.js';
import { OutgoingClient } from './outgoing-client.js';

@Global()
@Module({
  controllers: [InstanceController],
  providers: [OutgoingClient, { provide: APP_FILTER, useClass: DomainErrorFilter }],
  exports: [OutgoingClient],
})
export class HttpModule {}
