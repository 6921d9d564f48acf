import { registerEnumType } from '@nestjs/graphql';

/** What a member is in a workspace; `permissions.ts` says what each may do. */
export enum Role {
  OWNER = 'OWNER',
  ADMIN = 'ADMIN',
  EDITOR = 'EDITOR',
  VIEWER = 'VIEWER',
}

registerEnumType(Role, {
  name: 'Role',
  description: 'What a member is in a workspace, from everything to looking on.',
});
