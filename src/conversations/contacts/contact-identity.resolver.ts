import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../../platform/access/index.js';
import { ContactIdentityType } from '../contact.type.js';
import { AddressProof } from './suggestions/address-proof.js';

/** How far an address can be believed. */
@Resolver(() => ContactIdentityType)
export class ContactIdentityResolver {
  constructor(private readonly proof: AddressProof) {}

  @ResolveField(() => Boolean, {
    description:
      'Whether it is known to be theirs: the platform knows its people, your site signed who it is, or the newest mail proved its sender.',
  })
  verified(@Parent() identity: ContactIdentityType, @Context() context: RequestContext): Promise<boolean> {
    return this.proof.isTheirs(identity, context);
  }
}
