import { Global, Module } from '@nestjs/common';
import { BillingModule } from '../billing/index.js';
import { Authenticator } from '../platform/access/index.js';
import { WorkspaceOwners } from '../platform/mail/index.js';
import { GraphiqlController } from './administration/graphiql.controller.js';
import { QueueBoardController } from './administration/queue-board.controller.js';
import { AccountsAuthenticator } from './accounts-authenticator.js';
import { GuessLimits } from './guess-limits.js';
import { DeleteAccount } from './leaving/delete-account.js';
import { DeleteWorkspace } from './leaving/delete-workspace.js';
import { DeleteWorkspaceWorker } from './leaving/delete-workspace.worker.js';
import { Farewells } from './leaving/farewells.js';
import { LeaveWorkspaces } from './leaving/leave-workspaces.js';
import { LeavingResolver } from './leaving/leaving.resolver.js';
import { RemoveLoginAgain } from './leaving/remove-login-again.js';
import { RemoveLogin } from './leaving/remove-login.js';
import { RemovedLogins } from './leaving/removed-logins.js';
import { SucceedOwner } from './leaving/succeed-owner.js';
import { WorkspaceDeletions } from './leaving/workspace-deletions.js';
import { NotificationDetails } from './notifications/notification-details.js';
import { Notifications } from './notifications/notifications.js';
import { ChangePassword } from './passwords/change-password.js';
import { HashGate } from './passwords/hash-gate.js';
import { HashThreads } from './passwords/hash-threads.js';
import { AcceptInvitation } from './invitations/accept-invitation.js';
import { InvitationResolver } from './invitations/invitation.resolver.js';
import { InviteMember } from './invitations/invite-member.js';
import { ListInvitations } from './invitations/list-invitations.js';
import { OpenInvitedAccount } from './invitations/open-invited-account.js';
import { RedeemInvitation } from './invitations/redeem-invitation.js';
import { RevokeInvitation } from './invitations/revoke-invitation.js';
import { ChangeRole } from './members/change-role.js';
import { EndMembership } from './members/end-membership.js';
import { FirstSteps } from './members/first-steps.js';
import { FirstStepsResolver } from './members/first-steps.resolver.js';
import { MemberResolver } from './members/member.resolver.js';
import { RemoveMember } from './members/remove-member.js';
import { KnownOwners } from './members/known-owners.js';
import { TransferOwnership } from './members/transfer-ownership.js';
import { PasswordHasher, bcryptCost } from './passwords/password-hasher.js';
import { PasswordResolver } from './passwords/password.resolver.js';
import { AnswerResetRequestWorker, RequestPasswordReset } from './passwords/request-password-reset.js';
import { ResetPassword } from './passwords/reset-password.js';
import { ApplyRetentionWorker } from './retention/apply-retention.worker.js';
import { Retention } from './retention/retention.js';
import { RetentionResolver } from './retention/retention.resolver.js';
import { SetRetention } from './retention/set-retention.js';
import { EndSessions } from './sessions/end-sessions.js';
import { ListSessions } from './sessions/list-sessions.js';
import { RecordSignInWorker } from './sessions/record-sign-in.worker.js';
import { SessionResolver } from './sessions/session.resolver.js';
import { SessionStrategy } from './sessions/session.strategy.js';
import { Sessions } from './sessions/sessions.js';
import { ApiTokenResolver } from './tokens/api-token.resolver.js';
import { ApiTokenStrategy } from './tokens/api-token.strategy.js';
import { ApiTokens } from './tokens/api-tokens.js';
import { CreateApiToken } from './tokens/create-api-token.js';
import { ListApiTokens } from './tokens/list-api-tokens.js';
import { RevokeApiToken } from './tokens/revoke-api-token.js';
import { DisableTwoFactor } from './two-factor/disable-two-factor.js';
import { SecondFactor } from './two-factor/second-factor.js';
import { SetUpTwoFactor } from './two-factor/set-up-two-factor.js';
import { TwoFactorResolver } from './two-factor/two-factor.resolver.js';
import { AddPerson } from './users/add-person.js';
import { ChangeEmail, ConfirmEmailChange } from './users/change-email.js';
import { FreezeMembers } from './plan/freeze-members.js';
import { ExportAccounts } from './personal-data/export-accounts.js';
import { AnnouncePoliciesWorker } from './policies/announce-policies.worker.js';
import { AnnounceRecipientsWorker } from './policies/announce-recipients.worker.js';
import { AnnouncedRecipients } from './policies/announced-recipients.js';
import { AnnouncedRecipientsResolver } from './policies/announced-recipients.resolver.js';
import { PagesController } from './policies/pages.controller.js';
import { Policies } from './policies/policies.js';
import { PolicyDocuments } from './policies/policy-documents.js';
import { PolicyResolver } from './policies/policy.resolver.js';
import { InstanceOperators } from './users/instance-operators.js';
import { LinkTokens } from './users/link-tokens.js';
import { ListMemberships } from './users/list-memberships.js';
import { OwnPassword } from './users/own-password.js';
import { ProfileResolver } from './users/profile.resolver.js';
import { ReadViewer } from './users/read-viewer.js';
import { Reauthenticate } from './users/reauthenticate.js';
import { SetUp } from './users/set-up.js';
import { SetUpController } from './users/set-up.controller.js';
import { SignInAttempts } from './users/sign-in-attempts.js';
import { SignIn } from './users/sign-in.js';
import { SignUp } from './users/sign-up.js';
import { SignUpPolicy } from './users/sign-up-policy.js';
import { UpdateProfile } from './users/update-profile.js';
import { UserResolver } from './users/user.resolver.js';
import { Users } from './users/users.js';
import { Verification } from './users/verification.js';
import { CreateWorkspace } from './workspaces/create-workspace.js';
import { FoundWorkspace } from './workspaces/found-workspace.js';
import { MemberLoader } from './workspaces/member.loader.js';
import { Members } from './workspaces/members.js';
import { WorkspaceHours } from './workspaces/opening-times.js';
import { MembersHere } from './presence/members-here.js';
import { PresenceBoard } from './presence/presence-board.js';
import { PresenceResolver } from './presence/presence.resolver.js';
import { TeamHere } from './presence/team-here.js';
import { ReadWorkspace } from './workspaces/read-workspace.js';
import { SetAvailability } from './workspaces/set-availability.js';
import { UpdateWorkspace } from './workspaces/update-workspace.js';
import { WorkspaceResolver } from './workspaces/workspace.resolver.js';

const passwords = [HashGate, HashThreads, { provide: bcryptCost, useValue: 12 }, PasswordHasher, GuessLimits];
const twoFactor = [SecondFactor, SetUpTwoFactor, DisableTwoFactor, TwoFactorResolver];
const forgotten = [RequestPasswordReset, AnswerResetRequestWorker, ResetPassword, ChangePassword, PasswordResolver];
const identity = [
  Sessions,
  SessionStrategy,
  ApiTokens,
  ApiTokenStrategy,
  { provide: Authenticator, useClass: AccountsAuthenticator },
];
const sessions = [RecordSignInWorker, ListSessions, EndSessions, SessionResolver];
const tokens = [ListApiTokens, CreateApiToken, RevokeApiToken, ApiTokenResolver];
const users = [
  Users,
  ReadViewer,
  SignUpPolicy,
  SignUp,
  SignInAttempts,
  SignIn,
  Reauthenticate,
  InstanceOperators,
  ListMemberships,
  UserResolver,
  OwnPassword,
  SetUp,
  AddPerson,
  LinkTokens,
  Verification,
  ChangeEmail,
  ConfirmEmailChange,
  UpdateProfile,
  ProfileResolver,
];
const workspaces = [
  Members,
  MemberLoader,
  FoundWorkspace,
  CreateWorkspace,
  ReadWorkspace,
  WorkspaceHours,
  UpdateWorkspace,
  SetAvailability,
  WorkspaceResolver,
];
const presence = [PresenceBoard, MembersHere, TeamHere, PresenceResolver];
const leaving = [
  Farewells,
  WorkspaceDeletions,
  DeleteWorkspace,
  DeleteWorkspaceWorker,
  LeaveWorkspaces,
  SucceedOwner,
  RemovedLogins,
  RemoveLogin,
  RemoveLoginAgain,
  DeleteAccount,
  LeavingResolver,
];
const invitations = [
  InviteMember,
  RevokeInvitation,
  RedeemInvitation,
  OpenInvitedAccount,
  AcceptInvitation,
  ListInvitations,
  InvitationResolver,
];
const retention = [Retention, SetRetention, ApplyRetentionWorker, RetentionResolver];
const policies = [
  PolicyDocuments,
  Policies,
  PolicyResolver,
  AnnouncePoliciesWorker,
  AnnouncedRecipients,
  AnnouncedRecipientsResolver,
  AnnounceRecipientsWorker,
];
const members = [
  { provide: WorkspaceOwners, useClass: KnownOwners },
  ChangeRole,
  RemoveMember,
  TransferOwnership,
  EndMembership,
  FreezeMembers,
  MemberResolver,
  FirstSteps,
  FirstStepsResolver,
];

/** Users, workspaces, members, sessions and API tokens; and for the platform, who is calling and what they may do. */
@Global()
@Module({
  imports: [BillingModule],
  controllers: [SetUpController, PagesController, GraphiqlController, QueueBoardController],
  providers: [
    ...passwords,
    ...forgotten,
    ...twoFactor,
    ...identity,
    ...sessions,
    ...tokens,
    ...users,
    ...workspaces,
    ...presence,
    ...leaving,
    ...retention,
    ...policies,
    ExportAccounts,
    NotificationDetails,
    Notifications,
    ...members,
    ...invitations,
  ],
  exports: [
    Authenticator,
    WorkspaceOwners,
    RemoveLoginAgain,
    RemovedLogins,
    NotificationDetails,
    Notifications,
    Members,
    WorkspaceHours,
    MemberLoader,
    TeamHere,
    InstanceOperators,
    DeleteWorkspace,
    DeleteWorkspaceWorker,
    Farewells,
    WorkspaceDeletions,
    Policies,
    Retention,
  ],
})
export class AccountsModule {}
