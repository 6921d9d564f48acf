import type { Provider } from '@nestjs/common';
import { ComposerDraftBoard } from './composer-draft-board.js';
import { ComposerDraftResolver } from './composer-draft.resolver.js';
import { ComposerDrafts } from './composer-drafts.js';
import { ShareDraft } from './share-draft.js';
import { WatchComposerDrafts } from './watch-composer-drafts.js';

/** What the inbox provides for what members have begun to write. */
export const composerProviders: Provider[] = [
  ComposerDraftBoard,
  ComposerDraftResolver,
  ComposerDrafts,
  ShareDraft,
  WatchComposerDrafts,
];
