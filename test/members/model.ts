import type { RoleName } from '../../src/platform/access/index.js';

/** What the contract answers: null is yes. */
export type Answer =
  'FORBIDDEN' | 'NOT_FOUND' | 'CONFLICT' | 'BAD_USER_INPUT' | 'REAUTHENTICATION_REQUIRED' | (string & {}) | null;

/** A member as the guard let them in: what they are by the time they act may be something else. */
export interface Caller {
  readonly person: number;
  readonly memberId: string;
  readonly role: RoleName;
  /** An API token acts for them, at most as what it was given. */
  readonly isToken: boolean;
  /** The password was given a long time ago. */
  readonly isStale: boolean;
}

export type Operation =
  | { readonly kind: 'invite'; readonly by: Caller; readonly person: number; readonly role: RoleName }
  | { readonly kind: 'accept'; readonly person: number; readonly token: string }
  | { readonly kind: 'change'; readonly by: Caller; readonly target: string; readonly role: RoleName }
  | { readonly kind: 'remove' | 'leave' | 'transfer'; readonly by: Caller; readonly target: string };

interface Member {
  readonly memberId: string;
  readonly role: RoleName;
}

interface OpenInvitation {
  readonly role: RoleName;
  /** The inviter's membership. */
  readonly by: string;
  readonly token: string;
}

export const roles: readonly RoleName[] = ['VIEWER', 'EDITOR', 'ADMIN', 'OWNER'];

/** Said again here, apart from the product's own table: a model that asks the product agrees with it always. */
export function isAbove(role: RoleName, other: RoleName): boolean {
  return roles.indexOf(role) > roles.indexOf(other);
}

/** A workspace as the contract has it: who works there as what, and who is invited; both by the person's number. */
export class WorkspaceModel {
  readonly members = new Map<number, Member>();
  readonly invitations = new Map<number, OpenInvitation>();

  copy(): WorkspaceModel {
    const copy = new WorkspaceModel();
    for (const [person, member] of this.members) copy.members.set(person, member);
    for (const [person, invitation] of this.invitations) copy.invitations.set(person, invitation);
    return copy;
  }

  owners(): number[] {
    return [...this.members].filter(([, { role }]) => role === 'OWNER').map(([person]) => person);
  }

  /** The person behind a membership, as long as it lasts. */
  personOf(memberId: string): number | null {
    return [...this.members].find(([, member]) => member.memberId === memberId)?.[0] ?? null;
  }

  /** To compare: ids of memberships and tokens are chance. */
  said(): string[] {
    return [
      ...[...this.members].map(([person, { role }]) => `${String(person)} is ${role}`),
      ...[...this.invitations].map(([person, { role, by }]) => `${String(person)} may become ${role} by ${by}`),
    ].sort();
  }

  /** What is answered to an operation, done where the answer is yes. */
  perform(operation: Operation): Answer {
    const answer = this.answer(operation);
    if (answer === null) this.carryOut(operation);
    return answer;
  }

  private answer(operation: Operation): Answer {
    if (operation.kind === 'accept') return this.answerAccept(operation.token, operation.person);
    const { by } = operation;
    const given = 'role' in operation ? operation.role : null;
    if (given !== null && isAbove(given, by.role)) return 'FORBIDDEN';
    if (given === 'OWNER' || operation.kind === 'transfer') {
      if (by.isToken) return 'FORBIDDEN';
      if (by.isStale) return 'REAUTHENTICATION_REQUIRED';
    }
    const now = this.members.get(by.person);
    if (now?.memberId !== by.memberId) return 'NOT_FOUND';
    const own = isAbove(by.role, now.role) ? now.role : by.role;
    const isManager = !isAbove('ADMIN', own);
    if (operation.kind === 'invite') {
      if (!isManager || isAbove(operation.role, own)) return 'FORBIDDEN';
      if (this.members.has(operation.person)) return 'CONFLICT';
      const former = this.invitations.get(operation.person);
      return former !== undefined && isAbove(former.role, own) ? 'FORBIDDEN' : null;
    }
    if (operation.kind === 'change' && !isManager) return 'FORBIDDEN';
    if (operation.kind === 'transfer' && own !== 'OWNER') return 'FORBIDDEN';
    const person = this.personOf(operation.target);
    const target = person === null ? undefined : this.members.get(person);
    if (target === undefined) return 'NOT_FOUND';
    const isSelf = operation.target === by.memberId;
    if (operation.kind === 'transfer') return isSelf ? 'BAD_USER_INPUT' : null;
    if (operation.kind !== 'change' && (isSelf ? by.isToken : !isManager)) return 'FORBIDDEN';
    if (isAbove(target.role, own) || (given !== null && isAbove(given, own))) return 'FORBIDDEN';
    if (given === target.role) return null;
    return target.role === 'OWNER' && this.owners().length === 1 ? 'CONFLICT' : null;
  }

  private answerAccept(token: string, person: number): Answer {
    const found = [...this.invitations].find(([, invitation]) => invitation.token === token);
    if (found === undefined) return 'NOT_FOUND';
    if (found[0] !== person) return 'FORBIDDEN';
    return this.members.has(person) ? 'CONFLICT' : null;
  }

  private carryOut(operation: Operation): void {
    switch (operation.kind) {
      case 'invite':
        this.invitations.set(operation.person, { role: operation.role, by: operation.by.memberId, token: '' });
        return;
      case 'accept': {
        const role = this.invitations.get(operation.person)?.role ?? 'VIEWER';
        this.invitations.delete(operation.person);
        this.members.set(operation.person, { memberId: '', role });
        return;
      }
      case 'change':
        this.become(operation.target, operation.role);
        return;
      case 'transfer':
        this.become(operation.target, 'OWNER');
        this.become(operation.by.memberId, 'ADMIN');
        return;
      default: {
        const person = this.personOf(operation.target);
        if (person !== null) this.members.delete(person);
        this.withdraw(operation.target, () => true);
      }
    }
  }

  private become(memberId: string, role: RoleName): void {
    const person = this.personOf(memberId);
    if (person === null || this.members.get(person)?.role === role) return;
    this.members.set(person, { memberId, role });
    this.withdraw(memberId, (invited) => isAbove('ADMIN', role) || isAbove(invited, role));
  }

  /** What somebody offered goes with their standing to offer it. */
  private withdraw(by: string, isLost: (role: RoleName) => boolean): void {
    for (const [person, invitation] of this.invitations)
      if (invitation.by === by && isLost(invitation.role)) this.invitations.delete(person);
  }
}
