import { Query, Resolver } from '@nestjs/graphql';
import { CurrentRequest, RequestContext, SignedIn } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { mailLocale } from '../../platform/mail/index.js';
import { AnnouncedRecipient } from './announced-recipient.type.js';
import { AnnouncedRecipients } from './announced-recipients.js';

@Resolver(() => AnnouncedRecipient)
export class AnnouncedRecipientsResolver {
  constructor(
    private readonly announced: AnnouncedRecipients,
    private readonly config: Config,
  ) {}

  @Query(() => [AnnouncedRecipient], {
    description: '(no workspace) Who is going to receive data, or has begun to in the last two weeks.',
  })
  @SignedIn()
  async announcedRecipients(@CurrentRequest() request: RequestContext): Promise<AnnouncedRecipient[]> {
    const list = await this.announced.list(mailLocale(request.origin.language));
    return list.map((one) => AnnouncedRecipient.from(one, `${this.config.publicUrl}/privacy/processors`));
  }
}
