import { createHash } from 'node:crypto';
import { RequestContext, type MemberActor, type UserActor } from '../../src/platform/access/index.js';
import { newId } from '../../src/platform/database/index.js';
import { DomainError } from '../../src/platform/errors/index.js';
import { Mails } from '../../src/platform/mail/index.js';
import type { Role } from '../../src/accounts/index.js';
import { AcceptInvitation } from '../../src/accounts/invitations/accept-invitation.js';
import { InviteMember } from '../../src/accounts/invitations/invite-member.js';
import { memberActor } from '../../src/accounts/member-actor.js';
import { ChangeRole } from '../../src/accounts/members/change-role.js';
import { RemoveMember } from '../../src/accounts/members/remove-member.js';
import { TransferOwnership } from '../../src/accounts/members/transfer-ownership.js';
import { AccountsUnderTest } from '../support/accounts.js';
import { Chance, type Past } from './chance.js';
import { risesAbove, unexplained } from './judgement.js';
import { type Answer, type Caller, type Operation, WorkspaceModel } from './model.js';

const people = 8;
const workspaces = 3;
const origin = { ip: '198.51.100.1', userAgent: 'a browser', requestId: 'request' };

interface Place {
  readonly id: string;
  now: WorkspaceModel;
  readonly past: Past;
}

/** What a run met; it ends at the first step that is wrong. */
export interface Report {
  readonly wrong: string[];
  /** How often each operation was answered how, as `kind answer`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How many were done at the same moment as another, and how many after another overtook them. */
  readonly together: number;
  readonly overtaken: number;
}

/**
 * People who invite, join, promote, demote, remove, leave and hand over at random in several workspaces, through the use
 * cases and on the real database. After each step the rows are held against a model of the contract.
 */
export class MemberOperations {
  private readonly persons: { readonly id: string; readonly email: string }[] = [];
  private readonly places: Place[] = [];
  private readonly tokens = new Map<string, string>();
  private readonly wrong: string[] = [];
  private readonly outcomes: Record<string, number> = {};
  private done = 0;

  private constructor(
    private readonly accounts: AccountsUnderTest,
    private readonly chance: Chance,
  ) {}

  static async start(seed: number): Promise<MemberOperations> {
    const operations = new MemberOperations(await AccountsUnderTest.start(), new Chance(seed, people));
    await operations.prepare();
    return operations;
  }

  stop(): Promise<void> {
    return this.accounts.stop();
  }

  async run(most: number): Promise<Report> {
    let [together, overtaken] = [0, 0];
    while (this.done < most && this.wrong.length === 0) {
      const place = this.chance.one(this.places);
      const second = this.chance.operation(place.now, place.past);
      if (this.done + 2 > most || this.chance.is(0.4)) await this.step(place, [second]);
      else if (this.chance.is(0.5)) {
        await this.step(place, this.pair(place, second));
        together += 2;
      } else {
        // The second was let in first: the guard saw them as what they are before the first is done.
        const isAimed = second.kind !== 'accept' && this.chance.is(0.6);
        const first = isAimed
          ? this.chance.against(second.by.memberId, place.now)
          : this.chance.operation(place.now, place.past);
        await this.step(place, [first]);
        await this.step(place, [second]);
        overtaken += 1;
      }
    }
    return { wrong: this.wrong, outcomes: this.outcomes, together, overtaken };
  }

  private pair({ now, past }: Place, operation: Operation): Operation[] {
    const [one, other] = now.owners();
    if (one !== undefined && other !== undefined && this.chance.is(0.5))
      return [this.chance.ofOwners(one, other, now), this.chance.ofOwners(other, one, now)];
    if (operation.kind !== 'accept' && this.chance.is(0.4))
      return [operation, this.chance.against(operation.by.memberId, now)];
    return [operation, this.chance.operation(now, past)];
  }

  /** Does operations of one workspace at the same moment, and looks at what came of it. */
  private async step(place: Place, operations: readonly Operation[]): Promise<void> {
    const before = place.now;
    const answers = await Promise.all(operations.map((operation) => this.perform(place.id, operation)));
    this.done += operations.length;
    operations.forEach(({ kind }, index) => {
      const name = `${kind} ${answers[index] ?? 'done'}`;
      this.outcomes[name] = (this.outcomes[name] ?? 0) + 1;
    });
    const after = await this.look(place.id);
    const trouble = [
      ...(after.owners().length === 0 ? ['no owner is left'] : []),
      ...risesAbove(before, after, operations, answers),
      ...unexplained(before, after, operations, answers),
    ];
    if (trouble.length > 0)
      this.wrong.push(
        `after ${String(this.done)}: ${trouble.join('; ')}; ${JSON.stringify({ operations, answers, before: before.said(), after: after.said() })}`,
      );
    for (const [person, member] of before.members)
      if (after.members.get(person)?.memberId !== member.memberId) place.past.memberships.push({ person, ...member });
    for (const { token } of before.invitations.values())
      if (![...after.invitations.values()].some((open) => open.token === token)) place.past.tokens.push(token);
    place.now = after;
  }

  private async perform(workspaceId: string, operation: Operation): Promise<Answer> {
    try {
      await this.call(workspaceId, operation);
      return null;
    } catch (error) {
      if (error instanceof DomainError) return error.code;
      return `threw ${String(error)}`;
    }
  }

  private call(workspaceId: string, operation: Operation): Promise<unknown> {
    const { module } = this.accounts;
    if (operation.kind === 'accept') {
      const request = new RequestContext({ session: null, token: null, workspaceId: null }, origin);
      request.actor = this.user(operation.person, false);
      return module.get(AcceptInvitation).run({ token: operation.token }, request);
    }
    const actor = this.actor(workspaceId, operation.by);
    switch (operation.kind) {
      case 'invite':
        return module
          .get(InviteMember)
          .run(actor, this.persons[operation.person]?.email ?? '', operation.role as Role, origin);
      case 'change':
        return module.get(ChangeRole).run(actor, operation.target, operation.role as Role, origin);
      case 'transfer':
        return module.get(TransferOwnership).run(actor, operation.target, origin);
      default:
        return module.get(RemoveMember).run(actor, operation.target, origin);
    }
  }

  private user(person: number, isStale: boolean): UserActor {
    const authenticatedAt = new Date(Date.now() - (isStale ? 3_600_000 : 0));
    const userId = this.persons[person]?.id ?? '';
    return { kind: 'user', userId, sessionId: newId(), authenticatedAt, memberships: [] };
  }

  private actor(workspaceId: string, { person, memberId, role, isToken, isStale }: Caller): MemberActor {
    const actor = memberActor(this.user(person, isStale), { workspaceId, memberId, role });
    return isToken ? { ...actor, user: null, credential: { kind: 'token', id: newId() } } : actor;
  }

  private async prepare(): Promise<void> {
    const { admin, module } = this.accounts;
    // The links are caught on their way into the mail; sending mails is no part of this.
    module.get(Mails).queue = (_tx, { values }) => {
      const token = String(values['token']);
      this.tokens.set(createHash('sha256').update(token).digest('hex'), token);
      return Promise.resolve();
    };
    const places: string[] = [];
    for (let person = 0; person < people; person += 1) {
      const { email, user, workspaceId } = await this.accounts.signUp();
      this.persons.push({ id: user.id, email });
      if (person < workspaces) places.push(workspaceId);
    }
    await admin.query('update users set email_verified_at = now()');
    for (const [index, id] of places.entries()) {
      for (const [next, role] of ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER'].entries())
        await this.accounts.join(id, this.persons[(index + next + 1) % people]?.id ?? '', role);
      this.places.push({ id, now: await this.look(id), past: { memberships: [], tokens: [] } });
    }
  }

  /** The workspace as its rows have it. */
  private async look(workspaceId: string): Promise<WorkspaceModel> {
    const { rows } = await this.accounts.admin.query<{
      id: string;
      who: string;
      role: Caller['role'];
      hash: string | null;
    }>(
      `select id, user_id::text as who, role, null as hash from members where workspace_id = $1 and user_id is not null
       union all
       select invited_by, lower(email), role, encode(token_hash, 'hex') from invitations where workspace_id = $1`,
      [workspaceId],
    );
    const model = new WorkspaceModel();
    for (const { id, who, role, hash } of rows) {
      const person = this.persons.findIndex((known) => known.id === who || known.email === who);
      if (hash === null) model.members.set(person, { memberId: id, role });
      else model.invitations.set(person, { by: id, role, token: this.tokens.get(hash) ?? 'unknown' });
    }
    return model;
  }
}
