import type { Provider } from '@nestjs/common';
import { AddressProof } from './address-proof.js';
import { MergeSuggestionsResolver } from './merge-suggestions.resolver.js';
import { SameAddressLoader } from './same-address.loader.js';

/** What contacts provide to find who is one person. */
export const suggestionProviders: Provider[] = [AddressProof, MergeSuggestionsResolver, SameAddressLoader];
