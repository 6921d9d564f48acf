import type { Provider } from '@nestjs/common';
import { PreviewRetention } from './preview-retention.js';
import { PreviewRetentionResolver } from './preview-retention.resolver.js';

/** What a policy of retention would remove, before it does. */
export const retentionProviders: Provider[] = [PreviewRetention, PreviewRetentionResolver];
