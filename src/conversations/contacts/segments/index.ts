import type { Provider } from '@nestjs/common';
import { AskedFilter } from './asked-filter.js';
import { ContactRules } from './contact-rules.js';
import { SegmentSizeLoader } from './segment-size.loader.js';
import { SegmentResolver } from './segment.resolver.js';
import { Segments } from './segments.js';

/** What contacts provide for filters that are kept under a name. */
export const segmentProviders: Provider[] = [AskedFilter, ContactRules, SegmentResolver, SegmentSizeLoader, Segments];
