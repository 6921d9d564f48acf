import { mayManage, rolesUpTo } from './roles.js';

describe('roles', () => {
  it('are given up to one’s own', () => {
    expect(rolesUpTo('OWNER')).toEqual(['OWNER', 'ADMIN', 'EDITOR', 'VIEWER']);
    expect(rolesUpTo('ADMIN')).toEqual(['ADMIN', 'EDITOR', 'VIEWER']);
  });

  it.each([
    ['OWNER', 'OWNER', true],
    ['ADMIN', 'OWNER', false],
    ['ADMIN', 'ADMIN', true],
    ['EDITOR', 'VIEWER', false],
  ] as const)('%s may change what a %s is: %s', (own, other, may) => {
    expect(mayManage(own, other)).toBe(may);
  });
});
