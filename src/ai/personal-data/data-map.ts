import type { DataMap } from '../../platform/personal-data/index.js';

/** What the tables of this module hold of people. */
export const aiDataMap: DataMap = {
  ai_runs: {
    why: 'what a model was asked and answered',
    kept: 'until the contact is erased',
    retention: ['conversationsDays', 'leadsDays', 'aiRunsDays'],
    erased: 'deleted with its contact',
    personal: { contact: ['request', 'response', 'masked', 'cut'], member: ['approved_by'] },
    others:
      'workspace_id id at purpose provider model bot_id conversation_id lead_id prompt_tokens completion_tokens latency_ms outcome error prompt_version edit_distance cost_cents passages',
  },
  ai_spending: {
    why: 'what models cost, by day and bot',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id day bot_id cents assumed_cents',
  },
  ai_settings: {
    why: 'the model of a workspace; key encrypted',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: {},
    others:
      'workspace_id enabled base_url model embedding_model api_key monthly_budget_cents cases_from_conversations auto_needs_percent mask_details prompt_cents_per_million completion_cents_per_million embedding_cents_per_million updated_at',
  },
  bot_channels: {
    why: 'where a bot answers',
    kept: 'as long as the bot',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id channel_id bot_id auto',
  },
  bot_knowledge: {
    why: 'what a bot knows',
    kept: 'as long as the bot',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id bot_id knowledge_id',
  },
  bots: {
    why: 'bots and how they answer',
    kept: 'as long as the bot',
    erased: 'with the workspace',
    personal: {},
    others:
      'workspace_id id name mode lead_mode model instructions temperature disclosure max_replies_per_conversation handoff_keywords min_confidence topics daily_budget_cents quote_on_failure auto_hours frozen created_at',
  },
  draft_sources: {
    why: 'what a draft is taken from',
    kept: 'until the contact is erased',
    retention: ['conversationsDays', 'leadsDays'],
    erased: 'deleted with its contact',
    personal: {},
    others: 'workspace_id draft_id position knowledge_id title passage url page score',
  },
  drafts: {
    why: 'proposed replies',
    kept: 'until the contact is erased',
    retention: ['conversationsDays', 'leadsDays'],
    erased: 'deleted with its contact',
    personal: { contact: ['text', 'instruction', 'change'] },
    others:
      'workspace_id id conversation_id lead_id answers_id run_id status confidence message_id created_at language changes_id',
  },
  evaluation_cases: {
    why: 'cases to try bots with, some of them taken from conversations',
    kept: 'until removed, or until the contact is erased',
    retention: ['conversationsDays'],
    erased: 'deleted with the conversation that they were taken from',
    personal: { contact: ['question', 'expected'] },
    others: 'workspace_id id set_id knowledge_id conversation_id',
  },
  evaluation_results: {
    why: 'how a bot answered such cases',
    kept: 'as long as the evaluation, or until the contact is erased',
    retention: ['conversationsDays'],
    erased: 'deleted with the conversation that the case was taken from',
    personal: { contact: ['question', 'expected', 'answer'] },
    others:
      'workspace_id evaluation_id position knowledge_id conversation_id verdict sources latency_ms cost_cents run_id',
  },
  evaluation_sets: {
    why: 'names of sets of such cases',
    kept: 'until removed',
    erased: 'with the workspace',
    personal: {},
    others: 'workspace_id id name updated_at',
  },
  evaluations: {
    why: 'when a bot was tried, and with which settings',
    kept: 'as long as the bot, the last 50 of it',
    erased: 'with the workspace',
    personal: {},
    others:
      'workspace_id id bot_id set_id status stopped instructions model prompt_version settings most_cents created_at finished_at',
  },
  knowledge_pages: {
    why: 'the web pages that knowledge is read from',
    kept: 'until removed',
    erased: 'with the workspace',
    personal: { operator: ['url', 'error'] },
    others: 'workspace_id id knowledge_id position sitemap waits etag last_modified read_at failures',
  },
  knowledge_sources: {
    why: 'the knowledge of a business',
    kept: 'until removed',
    erased: 'with the workspace',
    personal: { operator: ['title', 'url'] },
    others:
      'workspace_id id kind status internal error digest created_at updated_at file_id read_at stale_since changed_at passages_added passages_removed passages_kept',
  },
  passages: {
    why: 'passages of that knowledge',
    kept: 'until removed',
    erased: 'with the workspace',
    personal: { operator: ['text', 'question', 'heading', 'folded', 'tsv', 'embedding', 'embedding_signs'] },
    others: 'workspace_id id knowledge_id position page internal page_id embedded_with',
  },
  question_askings: {
    why: 'what was asked and no knowledge answers, without addresses, numbers and names',
    kept: 'until the contact is erased',
    retention: ['conversationsDays', 'aiRunsDays'],
    erased: 'deleted with its contact',
    personal: { contact: ['text', 'stems'] },
    others: 'workspace_id id question_id conversation_id message_id asked_at',
  },
  unanswered_questions: {
    why: 'which of these are one question, and whether it was answered',
    kept: 'as long as one of its askings',
    retention: ['aiRunsDays'],
    erased: 'deleted with the last that asked it',
    personal: {},
    others: 'workspace_id id status',
  },
};
