import { Global, Module } from '@nestjs/common';
import { EraseMails } from './erase-mails.js';
import { Mails } from './mails.js';
import { Post } from './post.js';
import { PublicLinks } from './public-links.js';
import { SendMailWorker } from './send-mail.worker.js';

@Global()
@Module({
  providers: [Mails, EraseMails, Post, PublicLinks, SendMailWorker],
  exports: [Mails, EraseMails, PublicLinks],
})
export class MailModule {}
