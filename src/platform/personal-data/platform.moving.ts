import type { Moving } from './moving.js';

/** How the platform's tables travel with a workspace. */
export const platformMoving: Moving = {
  audit_checkpoints: { stays: 'signed with a key of this deployment; the next one signs where the chain begins' },
  audit_entries: {
    carried: 'workspace_id id seq at actor action target ip detail salt commitment hash erasure_id',
    order: 'seq',
  },
  deliveries: { stays: 'calls of platforms to this deployment, encrypted with its key' },
  due: { stays: 'work of this deployment; what is still due is planned anew' },
  file_room: { stays: 'counted anew from the files; how much a workspace may keep is the operator’s to say' },
  files: {
    carried: 'workspace_id id name content_type size sha256 created_at member_id visitor_id',
    left: {
      has_thumbnail: 'small pictures are drawn anew',
      small_size: 'small pictures are drawn anew',
      kept_until: 'what was worked with a file ends here',
    },
  },
  mails: { stays: 'mails of this deployment that are still to be sent; nothing is sent twice' },
  workspace_counters: { stays: 'counted anew from the audit log; the feed of changes begins anew' },
  workspace_events: { stays: 'the feed that open screens follow, kept for seven days; it begins anew' },
  workspace_keys: { stays: 'keys of this deployment; the workspace gets a new one' },
};
