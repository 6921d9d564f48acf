import type { Provider } from '@nestjs/common';
import { HoldResolver } from './hold.resolver.js';
import { ListHolds } from './list-holds.js';
import { PlaceHold } from './place-hold.js';
import { ReleaseHold } from './release-hold.js';

/** Legal holds: placed, listed and released. */
export const holdProviders: Provider[] = [PlaceHold, ReleaseHold, ListHolds, HoldResolver];
