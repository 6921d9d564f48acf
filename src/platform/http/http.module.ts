import { Global, Module } from '@nestjs/common';
import { OutgoingClient } from './outgoing-client.js';

@Global()
@Module({ providers: [OutgoingClient], exports: [OutgoingClient] })
export class HttpModule {}
