import type { Provider } from '@nestjs/common';
import { ApplyDetail } from './apply-detail.js';
import { ChatDetailRules } from './chat-detail-rules.js';
import { NoticeDetails } from './notice-details.js';
import { ContactProposalsResolver, ProposalResolver } from './proposal.resolver.js';
import { ProposalsLoader } from './proposals.loader.js';
import { ReadDetailsWorker } from './read-details.worker.js';

/** What contacts provide for what people write of themselves. */
export const detailProviders: Provider[] = [
  ApplyDetail,
  ChatDetailRules,
  ContactProposalsResolver,
  NoticeDetails,
  ProposalResolver,
  ProposalsLoader,
  ReadDetailsWorker,
];
