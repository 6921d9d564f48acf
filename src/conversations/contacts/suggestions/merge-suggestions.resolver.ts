import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../../../platform/access/index.js';
import { ContactLoader } from '../../contact.loader.js';
import type { ContactIdentityRow } from '../../contact.row.js';
import { ContactType } from '../../contact.type.js';
import { AddressProof } from './address-proof.js';
import { MergeSuggestionType } from './merge-suggestion.type.js';
import { SameAddressLoader } from './same-address.loader.js';

/** Who may be the same person as a contact: by addresses alone that are known to be theirs, on both sides. */
@Resolver(() => ContactType)
export class MergeSuggestionsResolver {
  constructor(
    private readonly same: SameAddressLoader,
    private readonly proof: AddressProof,
    private readonly contacts: ContactLoader,
  ) {}

  @ResolveField(() => [MergeSuggestionType], {
    description:
      'Contacts with an address that is known to be theirs and this one’s: proved by mail, signed by your site, or of a platform that knows its people.',
  })
  async mergeSuggestions(
    @Parent() { id }: ContactType,
    @Context() context: RequestContext,
  ): Promise<MergeSuggestionType[]> {
    const suggested = new Map<string, MergeSuggestionType>();
    for (const { otherId, address, own, others } of (await this.same.load(context, id)) ?? []) {
      // On two channels of a kind the same address is one person's only where the kind has it so.
      if (own !== null && others !== null && !this.proof.meansOne(own)) continue;
      if (suggested.has(otherId) || !(await this.isProven(own, context)) || !(await this.isProven(others, context)))
        continue;
      const other = await this.contacts.load(context, otherId);
      if (other === null) continue;
      suggested.set(otherId, Object.assign(new MergeSuggestionType(), { contact: ContactType.from(other), address }));
    }
    return [...suggested.values()];
  }

  private async isProven(identity: ContactIdentityRow | null, context: RequestContext): Promise<boolean> {
    return identity === null || this.proof.isTheirs(identity, context);
  }
}
