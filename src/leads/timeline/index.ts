import type { Provider } from '@nestjs/common';
import { ActivityLoader } from './activity.loader.js';
import { ActivityMembersResolver, LeadTimelineResolver } from './activity.resolver.js';
import { LeadNoteResolver } from './lead-note.resolver.js';
import { LeadNotes } from './lead-notes.js';

/** What the module provides for what happened with leads, and for notes. */
export const timelineProviders: Provider[] = [
  ActivityLoader,
  ActivityMembersResolver,
  LeadNoteResolver,
  LeadNotes,
  LeadTimelineResolver,
];
