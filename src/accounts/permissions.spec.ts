import { Permission } from '../platform/access/index.js';
import { isAtMost, lesserRole, permissionsOf } from './permissions.js';

describe('the table of permissions', () => {
  it('says exactly this [promise 18]', () => {
    const named = Object.fromEntries(
      Object.entries(permissionsOf).map(([role, permissions]) => [role, [...permissions].sort()]),
    );
    const editor = ['read', 'converse', 'use-ai', 'manage-content'];
    const admin = [
      'manage-channels',
      'manage-workspace',
      'manage-members',
      'manage-tokens',
      'manage-ai',
      'read-audit',
      'handle-privacy',
    ];
    expect(named).toEqual({
      VIEWER: ['read'],
      EDITOR: editor.sort(),
      ADMIN: [...editor, ...admin].sort(),
      OWNER: Object.values(Permission).sort(),
    });
  });

  it('orders the roles', () => {
    expect(isAtMost('VIEWER', 'EDITOR')).toBe(true);
    expect(isAtMost('ADMIN', 'ADMIN')).toBe(true);
    expect(isAtMost('OWNER', 'ADMIN')).toBe(false);
    expect([lesserRole('OWNER', 'VIEWER'), lesserRole('EDITOR', 'ADMIN')]).toEqual(['VIEWER', 'EDITOR']);
  });
});
