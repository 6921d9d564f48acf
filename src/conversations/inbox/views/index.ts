import type { Provider } from '@nestjs/common';
import { SavedViewResolver } from './saved-view.resolver.js';
import { SavedViews } from './saved-views.js';

/** What the inbox provides for filters that are kept under a name. */
export const viewProviders: Provider[] = [SavedViewResolver, SavedViews];
