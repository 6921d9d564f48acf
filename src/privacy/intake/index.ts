import type { Provider, Type } from '@nestjs/common';
import { AskByMail } from './ask-by-mail.js';
import { AskForProof } from './ask-for-proof.js';
import { CarryProof } from './carry-proof.js';
import { ChangeKind } from './change-kind.js';
import { ChangeRequestsResolver } from './change-requests.resolver.js';
import { DeleteWorkspaceResolver } from './delete-workspace.resolver.js';
import { EraseByHand } from './erase-by-hand.js';
import { EraseOnRequest } from './erase-on-request.js';
import { EraseResolver } from './erase.resolver.js';
import { ExtendRequest } from './extend-request.js';
import { Extension } from './extension.js';
import { CountRequests } from './figures/count-requests.js';
import { PrivacyFiguresResolver } from './figures/privacy-figures.resolver.js';
import { FulfilRequest } from './fulfil-request.js';
import { KeepRequestWordsWorker } from './keep-request-words.worker.js';
import { LiftRestriction } from './lift-restriction.js';
import { ListRequests } from './list-requests.js';
import { MatchRequest } from './match-request.js';
import { OpenPrivacyRequest } from './open-privacy-request.js';
import { PrivacyRequestResolver } from './privacy-request.resolver.js';
import { PrivacyRequests } from './privacy-requests.js';
import { ProveAddress } from './prove-address.js';
import { RectifyRequest } from './rectify-request.js';
import { RejectRequest } from './reject-request.js';
import { RequestCodes } from './request-codes.js';
import { RequestJournal } from './request-journal.js';
import { RequestNotices } from './request-notices.js';
import { ReadRequestState } from './request-state.js';
import { RequestStatusController } from './request-status.controller.js';
import { ResumeHeldRequests } from './resume-held-requests.js';
import { SealDetails } from './seal-details.js';
import { SettleRequest } from './settle-request.js';
import { SettleRequestsResolver } from './settle-requests.resolver.js';
import { VerifyRequest } from './verify-request.js';
import { AdoptRequest } from './adopt-request.js';
import { IntakeLimits } from './intake-limits.js';
import { LocateRequest } from './locate-request.js';
import { OpenPlatformRequest } from './open-platform-request.js';
import { OpenPublicRequest } from './open-public-request.js';
import { RouteRequestWorker } from './route-request.worker.js';
import { RemindOfRequestWorker } from './remind-of-request.worker.js';
import { operatorProviders } from './operator/index.js';
import { OwnRequests } from './own-requests.js';
import { OwnRequestsResolver } from './own-requests.resolver.js';
import { MetaDeletionController } from './meta-deletion.controller.js';
import { PublicRequestsController } from './public-requests.controller.js';
import { ShopifyCalls } from './shopify-calls.js';
import { ForgetVisitor } from './forget-visitor.js';
import { WidgetForgetController } from './widget-forget.controller.js';
import { MailGrantor } from './mail-grantor.js';
import { ExportOnRequest } from './export-on-request.js';
import { PutBackRequests } from './put-back-requests.js';
import { ReplayMarks } from './replay-marks.js';

export { PutBackRequests } from './put-back-requests.js';
export { ReplayMarks } from './replay-marks.js';

/** What the module provides for requests: how they come, what members do with them, and what is said of them. */
export const intakeProviders: Provider[] = [
  RequestCodes,
  RequestJournal,
  SealDetails,
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
  AdoptRequest,
  IntakeLimits,
  LocateRequest,
  OpenPlatformRequest,
  ShopifyCalls,
  OpenPublicRequest,
  MailGrantor,
  RouteRequestWorker,
  RemindOfRequestWorker,
  OwnRequests,
  OwnRequestsResolver,
  ForgetVisitor,
  DeleteWorkspaceResolver,
  EraseOnRequest,
  ExportOnRequest,
  EraseByHand,
  EraseResolver,
  ResumeHeldRequests,
  PutBackRequests,
  ReplayMarks,
  AskByMail,
  Extension,
  ChangeKind,
  RectifyRequest,
  ChangeRequestsResolver,
  KeepRequestWordsWorker,
  CountRequests,
  PrivacyFiguresResolver,
  ...operatorProviders,
];

/** Its doors over HTTP. */
export const intakeControllers: Type[] = [
  RequestStatusController,
  PublicRequestsController,
  MetaDeletionController,
  WidgetForgetController,
];
