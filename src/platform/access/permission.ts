/** Everything that an operation may ask for. Which role has which is the accounts module's table. */
export enum Permission {
  /** See the inbox, contacts, channels and settings. */
  Read = 'read',
  /** Write to customers and work on conversations and contacts. */
  Converse = 'converse',
  /** Use and correct what the AI proposes. */
  UseAi = 'use-ai',
  /** Canned responses, knowledge and bots. */
  ManageContent = 'manage-content',
  /** Connect, change and disconnect channels. */
  ManageChannels = 'manage-channels',
  /** Change the workspace's settings. */
  ManageWorkspace = 'manage-workspace',
  /** Invite, change and remove members. */
  ManageMembers = 'manage-members',
  /** API tokens. */
  ManageTokens = 'manage-tokens',
  /** The provider and key of the AI. */
  ManageAi = 'manage-ai',
  /** Delete the workspace with everything in it. */
  DeleteWorkspace = 'delete-workspace',
  /** Choose, change and end the plan, and see its invoices. */
  ManageBilling = 'manage-billing',
  /** Say for how long the workspace keeps what; what is older is removed for good. */
  SetRetention = 'set-retention',
  /** Settle what people ask for under the law: see, vouch for, refuse, carry out. */
  HandlePrivacy = 'handle-privacy',
  /** Read the audit log. */
  ReadAudit = 'read-audit',
  /** Hand the workspace over to another owner. */
  TransferOwnership = 'transfer-ownership',
}
