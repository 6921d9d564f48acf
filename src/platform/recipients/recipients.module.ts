import { Global, Module } from '@nestjs/common';
import { RecipientNotices } from './recipient-notices.js';
import { Recipients } from './recipients.js';

/** Whom the server may call, and since when. */
@Global()
@Module({ providers: [Recipients, RecipientNotices], exports: [Recipients] })
export class RecipientsModule {}
