import { Global, Module } from '@nestjs/common';
import { Mails } from './mails.js';
import { Post } from './post.js';
import { PublicLinks } from './public-links.js';
import { SendMailWorker } from './send-mail.worker.js';

@Global()
@Module({ providers: [Mails, Post, PublicLinks, SendMailWorker], exports: [Mails, PublicLinks] })
export class MailModule {}
