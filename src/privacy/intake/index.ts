import type { Provider, Type } from '@nestjs/common';
import { AskForProof } from './ask-for-proof.js';
import { CarryProof } from './carry-proof.js';
import { DeleteWorkspaceResolver } from './delete-workspace.resolver.js';
import { ExtendRequest } from './extend-request.js';
import { FulfilRequest } from './fulfil-request.js';
import { LiftRestriction } from './lift-restriction.js';
import { ListRequests } from './list-requests.js';
import { MatchRequest } from './match-request.js';
import { OpenPrivacyRequest } from './open-privacy-request.js';
import { PrivacyRequestResolver } from './privacy-request.resolver.js';
import { PrivacyRequests } from './privacy-requests.js';
import { ProveAddress } from './prove-address.js';
import { RejectRequest } from './reject-request.js';
import { RequestCodes } from './request-codes.js';
import { RequestNotices } from './request-notices.js';
import { ReadRequestState } from './request-state.js';
import { RequestStatusController } from './request-status.controller.js';
import { SettleRequest } from './settle-request.js';
import { SettleRequestsResolver } from './settle-requests.resolver.js';
import { VerifyRequest } from './verify-request.js';

/** What the module provides for requests: how they come, what members do with them, and what is said of them. */
export const intakeProviders: Provider[] = [
  RequestCodes,
  PrivacyRequests,
  RequestNotices,
  FulfilRequest,
  CarryProof,
  SettleRequest,
  OpenPrivacyRequest,
  VerifyRequest,
  MatchRequest,
  RejectRequest,
  ExtendRequest,
  AskForProof,
  ProveAddress,
  LiftRestriction,
  ListRequests,
  ReadRequestState,
  PrivacyRequestResolver,
  SettleRequestsResolver,
  DeleteWorkspaceResolver,
];

/** Its doors over HTTP. */
export const intakeControllers: Type[] = [RequestStatusController];
