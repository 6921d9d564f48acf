import { seededRandom } from '../../apps/sandbox/faults.js';
import type { RoleName } from '../../src/platform/access/index.js';
import { type Caller, type Operation, type WorkspaceModel, isAbove, roles } from './model.js';

/** What is remembered of a workspace that is not so any more. */
export interface Past {
  /** Memberships, as their people last had them. */
  readonly memberships: { readonly person: number; readonly memberId: string; readonly role: RoleName }[];
  readonly tokens: string[];
}

/** Makes up operations: mostly such as may succeed, aimed at owners and at one another more often than evenly. */
export class Chance {
  private readonly next: () => number;

  constructor(
    seed: number,
    private readonly people: number,
  ) {
    this.next = seededRandom(seed);
  }

  is(share: number): boolean {
    return this.next() < share;
  }

  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  one<T>(of: readonly T[]): T {
    const chosen = of[this.below(of.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  }

  /** Any operation in a workspace. */
  operation(now: WorkspaceModel, past: Past): Operation {
    const kind = this.one(['invite', 'invite', 'accept', 'accept', 'change', 'change', 'remove', 'leave', 'transfer']);
    if (kind === 'accept') return this.acceptance(now, past);
    const by = this.caller(now, past);
    if (kind === 'invite') return { kind, by, person: this.stranger(now), role: this.role() };
    return this.upon(now, past, by, kind as 'change');
  }

  /** Something one of two owners does to themselves or the other; by which each alone could go. */
  ofOwners(one: number, other: number, now: WorkspaceModel): Operation {
    const by = this.as(now, one);
    const target = now.members.get(this.is(0.5) ? one : other)?.memberId ?? '';
    if (this.is(0.5)) return { kind: 'change', by, target, role: this.one(['ADMIN', 'VIEWER']) };
    return { kind: target === by.memberId ? 'leave' : 'remove', by, target };
  }

  /** An owner makes less of whoever is about to act. */
  against(victim: string, now: WorkspaceModel): Operation {
    const by = this.as(now, this.one(now.owners()));
    if (this.is(0.3)) return { kind: victim === by.memberId ? 'leave' : 'remove', by, target: victim };
    return { kind: 'change', by, target: victim, role: this.one(['ADMIN', 'EDITOR', 'VIEWER']) };
  }

  private upon(
    now: WorkspaceModel,
    past: Past,
    by: Caller,
    kind: 'change' | 'remove' | 'leave' | 'transfer',
  ): Operation {
    if (kind === 'leave') return { kind, by, target: by.memberId };
    const target = this.target(now, past);
    return kind === 'change' ? { kind, by, target, role: this.role() } : { kind, by, target };
  }

  private acceptance(now: WorkspaceModel, past: Past): Operation {
    const open = [...now.invitations];
    if (open.length === 0 || this.is(0.08))
      return { kind: 'accept', person: this.below(this.people), token: past.tokens.at(-1 - this.below(20)) ?? 'none' };
    const [person, { token }] = this.one(open);
    return { kind: 'accept', person: this.is(0.1) ? this.below(this.people) : person, token };
  }

  private caller(now: WorkspaceModel, past: Past): Caller {
    if (past.memberships.length > 0 && this.is(0.04))
      return { ...this.one(past.memberships), isToken: false, isStale: false };
    const managers = [...now.members].filter(([, { role }]) => !isAbove('ADMIN', role)).map(([person]) => person);
    const caller = this.as(now, this.one(this.is(0.75) ? managers : [...now.members.keys()]));
    if (!this.is(0.12)) return { ...caller, isStale: this.is(0.1) };
    return { ...caller, isToken: true, role: this.one(roles.filter((role) => !isAbove(role, caller.role))) };
  }

  private as(now: WorkspaceModel, person: number): Caller {
    const member = now.members.get(person);
    if (member === undefined) throw new Error('Only a member acts.');
    return { person, ...member, isToken: false, isStale: false };
  }

  private target(now: WorkspaceModel, past: Past): string {
    if (this.is(0.05)) return past.memberships.at(-1 - this.below(20))?.memberId ?? 'none';
    const person = this.one(this.is(0.25) ? now.owners() : [...now.members.keys()]);
    return this.as(now, person).memberId;
  }

  private stranger(now: WorkspaceModel): number {
    const strangers = Array.from({ length: this.people }, (_, person) => person).filter(
      (person) => !now.members.has(person),
    );
    return strangers.length === 0 || this.is(0.1) ? this.below(this.people) : this.one(strangers);
  }

  private role(): RoleName {
    return this.is(0.15) ? 'OWNER' : this.one(roles);
  }
}
