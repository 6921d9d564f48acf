import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/index.js';
import { ConversationsModule } from '../conversations/index.js';
import { LeadsModule } from '../leads/index.js';
import { AnswerCustomer } from './autopilot/answer-customer.js';
import { Budgets } from './autopilot/budgets.js';
import { MachineMessages } from './autopilot/machine-messages.js';
import { RecordAnswer } from './autopilot/record-answer.js';
import { BotRelationsLoader } from './bots/bot-relations.loader.js';
import { BotRelationsResolver, BotResolver } from './bots/bot.resolver.js';
import { Bots } from './bots/bots.js';
import { DeleteBot } from './bots/delete-bot.js';
import { ReadBots } from './bots/read-bots.js';
import { SaveBot } from './bots/save-bot.js';
import { AiRunResolver } from './drafting/ai-run.resolver.js';
import { ComposeDraft } from './drafting/compose-draft.js';
import { ConversationAiResolver, MessageAiResolver } from './drafting/contributed-fields.resolver.js';
import { ChangeDraft } from './drafting/change-draft.js';
import { DiscardDraft } from './drafting/discard-draft.js';
import { DraftLiveEvents } from './drafting/draft-changed.js';
import { DraftOnArrival } from './drafting/draft-on-arrival.js';
import { DraftRatesResolver } from './drafting/draft-rates.resolver.js';
import { DraftReportResolver } from './drafting/draft-report.resolver.js';
import { DraftReply } from './drafting/draft-reply.js';
import { DraftReplyWorker } from './drafting/draft-reply.worker.js';
import { DraftTexts } from './drafting/draft-texts.js';
import {
  AiModeLoader,
  AiRunLoader,
  DraftOfMessageLoader,
  DraftSourcesLoader,
  ProposedDraftLoader,
} from './drafting/draft.loaders.js';
import { DraftResolver } from './drafting/draft.resolver.js';
import { KeepAiRuns } from './drafting/keep-ai-runs.js';
import { ListAiRuns } from './drafting/list-ai-runs.js';
import { ModelBreaker } from './drafting/model-breaker.js';
import { ModelClient } from './drafting/model-client.js';
import { PauseAi } from './drafting/pause-ai.js';
import { PlanDraft } from './drafting/plan-draft.js';
import { SettleDrafts } from './drafting/settle-drafts.js';
import { StopDraft } from './drafting/stop-draft.js';
import { StoreDraft } from './drafting/store-draft.js';
import { WatchDraftText } from './drafting/watch-draft-text.js';
import { WriteDraftWorker } from './drafting/write-draft.worker.js';
import { AddKnowledge } from './knowledge/add-knowledge.js';
import { DeleteKnowledge } from './knowledge/delete-knowledge.js';
import { BlendPassages } from './knowledge/embedding/blend-passages.js';
import { EmbedPassagesWorker } from './knowledge/embedding/embed-passages.worker.js';
import { EmbeddingClient } from './knowledge/embedding/embedding-client.js';
import { NearPassages } from './knowledge/embedding/near-passages.js';
import { KnowledgeLoader } from './knowledge/knowledge.loader.js';
import { KnowledgeResolver } from './knowledge/knowledge.resolver.js';
import { ReadFile } from './knowledge/files/read-file.js';
import { ListKnowledge } from './knowledge/list-knowledge.js';
import { ReadKnowledgeWorker } from './knowledge/read-knowledge.worker.js';
import { ReadingThread } from './knowledge/reading/reading-thread.js';
import { RefreshKnowledge } from './knowledge/refresh-knowledge.js';
import { SearchPassages } from './knowledge/search-passages.js';
import { UpdateKnowledge } from './knowledge/update-knowledge.js';
import { FetchPage } from './knowledge/web/fetch-page.js';
import { ReadSite } from './knowledge/web/read-site.js';
import { SitePages } from './knowledge/web/site-pages.js';
import { SharedTurns } from './knowledge/web/shared-turns.js';
import { SiteTurns } from './knowledge/web/site-turns.js';
import { ExportAi } from './personal-data/export-ai.js';
import { AiSettingsResolver } from './settings/ai-settings.resolver.js';
import { EraseAi } from './personal-data/erase-ai.js';
import { AnsweringSettingsReader } from './evaluation/answering-settings.js';
import { AutoGate } from './evaluation/auto-gate.js';
import { AutoGateResolver } from './evaluation/auto-gate.resolver.js';
import { CancelEvaluation } from './evaluation/cancel-evaluation.js';
import { EvaluateBotWorker } from './evaluation/evaluate-bot.worker.js';
import { EvaluationResultsLoader } from './evaluation/evaluation-results.loader.js';
import { EvaluationSetResolver } from './evaluation/evaluation-set.resolver.js';
import { EvaluationSets } from './evaluation/evaluation-sets.js';
import { EvaluationTrials } from './evaluation/evaluation-trials.js';
import { EvaluationResolver, EvaluationResultResolver } from './evaluation/evaluation.resolver.js';
import { ReadEvaluations } from './evaluation/read-evaluations.js';
import { SetCasesLoader } from './evaluation/set-cases.loader.js';
import { StartEvaluation } from './evaluation/start-evaluation.js';
import { TakeCases } from './evaluation/take-cases.js';
import { FreezeBots } from './plan/freeze-bots.js';
import { RoomForAnswers } from './plan/room-for-answers.js';
import { AnswerOfBot } from './preview/answer-of-bot.js';
import { PreviewReply } from './preview/preview-reply.js';
import { PreviewResolver } from './preview/preview.resolver.js';
import { AnswerLead } from './leads/answer-lead.js';
import { AnswerLeadWorker } from './leads/answer-lead.worker.js';
import { DraftLeadReply } from './leads/draft-lead-reply.js';
import { LeadAiResolver } from './leads/lead-ai.resolver.js';
import { LeadDraftLoader } from './leads/lead-draft.loader.js';
import { LeadMessages } from './leads/lead-messages.js';
import { LeadsOnArrival } from './leads/leads-on-arrival.js';
import { PlanLeadDraft } from './leads/plan-lead-draft.js';
import { RecordLeadAnswer } from './leads/record-lead-answer.js';
import { SettleLeadDrafts } from './leads/settle-lead-drafts.js';
import { ListQuestions } from './questions/list-questions.js';
import { NoteUnanswered } from './questions/note-unanswered.js';
import { QuestionResolver } from './questions/question.resolver.js';
import { SettleQuestion } from './questions/settle-question.js';
import { ModelAccessReader } from './settings/model-access.js';
import { ReadAiSettings } from './settings/read-ai-settings.js';
import { UpdateAiSettings } from './settings/update-ai-settings.js';

const settings = [ModelAccessReader, ReadAiSettings, UpdateAiSettings, AiSettingsResolver];
const bots = [Bots, ReadBots, SaveBot, DeleteBot, BotRelationsLoader, BotResolver, BotRelationsResolver];
const autopilot = [AnswerCustomer, Budgets, RecordAnswer, MachineMessages];
const knowledge = [
  SearchPassages,
  NearPassages,
  EmbeddingClient,
  BlendPassages,
  EmbedPassagesWorker,
  AddKnowledge,
  UpdateKnowledge,
  DeleteKnowledge,
  RefreshKnowledge,
  ReadingThread,
  ReadFile,
  SharedTurns,
  SiteTurns,
  FetchPage,
  SitePages,
  ReadSite,
  ReadKnowledgeWorker,
  ListKnowledge,
  KnowledgeLoader,
  KnowledgeResolver,
];
const drafting = [
  PlanDraft,
  ModelBreaker,
  ModelClient,
  ComposeDraft,
  DraftTexts,
  StoreDraft,
  ChangeDraft,
  DraftReply,
  DraftReplyWorker,
  WriteDraftWorker,
  StopDraft,
  WatchDraftText,
  DraftOnArrival,
  SettleDrafts,
  DiscardDraft,
  PauseAi,
  KeepAiRuns,
  ExportAi,
  ListAiRuns,
  DraftLiveEvents,
  ProposedDraftLoader,
  DraftSourcesLoader,
  DraftOfMessageLoader,
  AiRunLoader,
  AiModeLoader,
  DraftResolver,
  DraftRatesResolver,
  DraftReportResolver,
  AiRunResolver,
  ConversationAiResolver,
  MessageAiResolver,
];

const evaluation = [
  AnsweringSettingsReader,
  AutoGate,
  AutoGateResolver,
  CancelEvaluation,
  EvaluateBotWorker,
  EvaluationResolver,
  EvaluationResultResolver,
  EvaluationResultsLoader,
  EvaluationSetResolver,
  EvaluationSets,
  EvaluationTrials,
  ReadEvaluations,
  SetCasesLoader,
  StartEvaluation,
  TakeCases,
];
const questions = [ListQuestions, NoteUnanswered, QuestionResolver, SettleQuestion];
const leads = [
  AnswerLead,
  AnswerLeadWorker,
  DraftLeadReply,
  LeadAiResolver,
  LeadDraftLoader,
  LeadMessages,
  LeadsOnArrival,
  PlanLeadDraft,
  RecordLeadAnswer,
  SettleLeadDrafts,
];
const preview = [AnswerOfBot, PreviewReply, PreviewResolver];

/** Bots, what they know, what they draft, and the record of every run. */
@Module({
  imports: [ChannelsModule, ConversationsModule, LeadsModule],
  providers: [
    ...settings,
    ...bots,
    ...knowledge,
    ...drafting,
    ...preview,
    ...evaluation,
    ...autopilot,
    ...leads,
    ...questions,
    EraseAi,
    FreezeBots,
    RoomForAnswers,
  ],
})
export class AiModule {}
