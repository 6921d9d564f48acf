import { sql } from '../../platform/database/index.js';
import type { Moving } from '../../platform/personal-data/index.js';

/** How the tables of this module travel with a workspace. AI arrives switched off: words go to another model than before. */
export const aiMoving: Moving = {
  ai_runs: {
    carried:
      'workspace_id id at purpose provider model bot_id conversation_id lead_id request response prompt_tokens completion_tokens latency_ms outcome error prompt_version approved_by edit_distance masked cost_cents passages cut',
  },
  ai_settings: {
    carried:
      'workspace_id enabled base_url model embedding_model monthly_budget_cents mask_details cases_from_conversations auto_needs_percent prompt_cents_per_million completion_cents_per_million embedding_cents_per_million updated_at',
    left: { api_key: 'a secret: it is given anew' },
    arrives: { enabled: sql`false` },
  },
  ai_spending: { stays: 'what this deployment asked of models' },
  bot_channels: { carried: 'workspace_id channel_id bot_id auto' },
  bot_knowledge: { carried: 'workspace_id bot_id knowledge_id' },
  bots: {
    carried:
      'workspace_id id name mode lead_mode model instructions temperature disclosure max_replies_per_conversation handoff_keywords min_confidence topics daily_budget_cents quote_on_failure auto_hours created_at',
    left: { frozen: 'a limit of this deployment' },
  },
  draft_sources: { carried: 'workspace_id draft_id position knowledge_id title passage url page score' },
  drafts: {
    carried:
      'workspace_id id conversation_id lead_id answers_id run_id text status confidence message_id created_at instruction change language changes_id',
    arrives: { status: sql`case when r.status = 'GENERATING' then 'FAILED' else r.status end` },
    later: ['changes_id'],
  },
  evaluation_cases: { carried: 'workspace_id id set_id question expected knowledge_id conversation_id' },
  evaluation_results: { stays: 'how bots did here; they are tried anew by the model that they are given' },
  evaluation_sets: { carried: 'workspace_id id name updated_at' },
  evaluations: { stays: 'how bots did here; they are tried anew by the model that they are given' },
  knowledge_pages: {
    carried: 'workspace_id id knowledge_id position url sitemap waits etag last_modified read_at error failures',
  },
  knowledge_sources: {
    carried:
      'workspace_id id kind title status url internal error digest created_at updated_at read_at stale_since changed_at passages_added passages_removed passages_kept',
    left: { file_id: 'a file that was not read yet: it is uploaded anew' },
    // Its pages are read here from now on, each day.
    afterwards: sql`
      select schedule_work(array_agg('read-knowledge'::text), array_agg(id), array_agg(now()), '{}'::text[])
        from knowledge_sources where kind = 'URL' or (kind = 'FILE' and status = 'PENDING') having count(*) > 0`,
  },
  passages: {
    carried: 'workspace_id id knowledge_id position page heading question text folded internal page_id',
    left: {
      embedding: 'made anew where AI is switched on',
      embedding_signs: 'goes with the vector',
      embedded_with: 'goes with the vector',
    },
  },
  question_askings: { carried: 'workspace_id id question_id conversation_id message_id text stems asked_at' },
  unanswered_questions: { carried: 'workspace_id id status' },
};
