import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { DomainErrorFilter } from './domain-error.filter.js';
import { InstanceController } from './instance.controller.js';
import { OutgoingClient } from './outgoing-client.js';
import { GraphiqlPage } from './serve-graphiql.js';
import { Turnstile } from './turnstile.js';
import { UploadDoors } from './upload-doors.js';

@Global()
@Module({
  controllers: [InstanceController],
  providers: [
    OutgoingClient,
    GraphiqlPage,
    Turnstile,
    UploadDoors,
    { provide: APP_FILTER, useClass: DomainErrorFilter },
  ],
  exports: [OutgoingClient, GraphiqlPage, Turnstile, UploadDoors],
})
export class HttpModule {}
