import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Channels } from '../../channels/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { ContactIdentityType } from '../contact.type.js';
import { ProvenMailLoader, proofKey } from './proven-mail.loader.js';

/** How far an address can be believed. */
@Resolver(() => ContactIdentityType)
export class ContactIdentityResolver {
  constructor(
    private readonly channels: Channels,
    private readonly provenMail: ProvenMailLoader,
  ) {}

  @ResolveField(() => Boolean, {
    description:
      'Whether it is known to be theirs: the platform knows its people, your site signed who it is, or the newest mail proved its sender.',
  })
  async verified(@Parent() identity: ContactIdentityType, @Context() context: RequestContext): Promise<boolean> {
    const { proof } = this.channels.definitionOf(identity.kind);
    if (proof === undefined) return true;
    if (proof !== 'each message') return proof(identity.externalId);
    return (await this.provenMail.load(context, proofKey(identity))) ?? false;
  }
}
