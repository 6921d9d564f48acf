export { AccountsModule } from './accounts.module.js';
export { MembershipEnded, WorkspaceDeleted } from './accounts.events.js';
export { Farewells } from './leaving/farewells.js';
export { MemberLoader } from './workspaces/member.loader.js';
export { MemberType } from './workspaces/member.type.js';
export { Members, memberColumns } from './workspaces/members.js';
export type { MemberRow } from './workspaces/members.js';
