import { sql } from '../../platform/database/index.js';
import type { Moving } from '../../platform/personal-data/index.js';

// Whose consent it was, and how it was to leave here, are of this deployment.
const travelling = sql`r.settings - '{grantedBy,forget,recognise,ended}'::text[]`;

/** How the tables of this module travel with a workspace. Channels arrive disconnected: no access to a platform moves. */
export const channelsMoving: Moving = {
  channel_authorizations: { stays: 'consents that were under way here' },
  channel_directory: { stays: 'which accounts this deployment listens to, as digests under its key' },
  channel_grantors: { stays: 'whose consent channels live by here, as digests under its key' },
  channels: {
    carried:
      'workspace_id id kind provider name external_id status settings last_inbound_at lead_ads connected_by connected_at disconnected_at',
    left: {
      token: 'a secret: the channel is connected anew',
      webhook_secret: 'a secret: the channel is connected anew',
      token_expires_at: 'of a token that stays behind',
      last_error: 'a trouble of the connection that stays behind',
      frozen: 'a limit of this deployment',
      granted_at: 'of a consent that stays behind',
      expired_at: 'of a token that stays behind',
      gap_since: 'of the connection that stays behind',
      former_account: 'a digest under a key of this deployment',
    },
    leaves: { settings: travelling },
    arrives: {
      status: sql`'DISCONNECTED'`,
      disconnected_at: sql`coalesce(r.disconnected_at, now())`,
      settings: travelling,
      last_error: sql`'It came from another deployment of Parley without its access. Connect it again.'`,
    },
    afterwards: sql`
      select schedule_work(array_agg('forget-token-uses'::text), array_agg(id), array_agg(now() + interval '1 day'), '{}'::text[])
        from channels having count(*) > 0`,
  },
  early_signals: { stays: 'notices of messages that have not come; their channels are disconnected' },
  policy_acknowledgements: { carried: 'workspace_id id member_id channel_id kind version at' },
  token_uses: { carried: 'workspace_id id channel_id at purpose host cause' },
};
