import type { Provider } from '@nestjs/common';
import { AnswerUnowned } from './answer-unowned.js';
import { AnswerUnownedResolver } from './answer-unowned.resolver.js';
import { AskController } from './ask-controller.js';
import { AskUnownedForProof } from './ask-unowned-for-proof.js';
import { ChangeUnownedKind } from './change-unowned-kind.js';
import { ControllerNotices } from './controller-notices.js';
import { EraseDirectly } from './erase-directly.js';
import { ExtendUnowned } from './extend-unowned.js';
import { ListUnowned } from './list-unowned.js';
import { RemindOperatorWorker } from './remind-operator.worker.js';
import { RequireOperator } from './require-operator.js';
import { RouteToWorkspace } from './route-to-workspace.js';
import { SettleForWorkspace } from './settle-for-workspace.js';
import { SettleForWorkspaceResolver } from './settle-for-workspace.resolver.js';
import { SettleUnowned } from './settle-unowned.js';
import { ShowRequest } from './show-request.js';
import { UnownedRequestsResolver } from './unowned-requests.resolver.js';

/** The desk of those who run the deployment. */
export const operatorProviders: Provider[] = [
  RequireOperator,
  SettleUnowned,
  SettleForWorkspace,
  ListUnowned,
  ShowRequest,
  RouteToWorkspace,
  ChangeUnownedKind,
  AnswerUnowned,
  AskUnownedForProof,
  ExtendUnowned,
  ControllerNotices,
  AskController,
  EraseDirectly,
  RemindOperatorWorker,
  UnownedRequestsResolver,
  AnswerUnownedResolver,
  SettleForWorkspaceResolver,
];
