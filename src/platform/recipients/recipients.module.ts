import { Global, Module } from '@nestjs/common';
import { Recipients } from './recipients.js';

/** Whom the server may call. */
@Global()
@Module({ providers: [Recipients], exports: [Recipients] })
export class RecipientsModule {}
