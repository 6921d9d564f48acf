import { type Answer, type Caller, type Operation, type WorkspaceModel, isAbove } from './model.js';

/** Everyone who is more than before has it from somebody who was as much, by the rows alone. */
export function risesAbove(
  before: WorkspaceModel,
  after: WorkspaceModel,
  operations: readonly Operation[],
  answers: readonly Answer[],
): string[] {
  const givers = operations.filter((_, index) => answers[index] === null);
  return [...after.members]
    .filter(([person, { role }]) => {
      const former = before.members.get(person);
      if (former !== undefined && !isAbove(role, former.role)) return false;
      return !givers.some((operation) => gives(before, operation, person) === role);
    })
    .map(([person, { role }]) => `${String(person)} is ${role}, which nobody who gave it was`);
}

/** The role that an operation may have given to a person: null where its giver was less than that. */
function gives(before: WorkspaceModel, operation: Operation, person: number): Caller['role'] | null {
  if (operation.kind === 'accept') {
    const invitation = before.invitations.get(person);
    if (operation.person !== person || invitation === undefined) return null;
    const inviter = before.personOf(invitation.by);
    return within(invitation.role, inviter === null ? undefined : before.members.get(inviter)?.role);
  }
  const role = operation.kind === 'transfer' ? 'OWNER' : operation.kind === 'change' ? operation.role : null;
  if (role === null || !('target' in operation) || before.personOf(operation.target) !== person) return null;
  const { by } = operation;
  const giver = before.members.get(by.person);
  if (giver?.memberId !== by.memberId) return null;
  return within(role, isAbove(giver.role, by.role) ? by.role : giver.role);
}

function within(role: Caller['role'], most: Caller['role'] | undefined): Caller['role'] | null {
  return most === undefined || isAbove(role, most) ? null : role;
}

/** What was answered and what came of it are what the contract says, for one order at least of those at the same moment. */
export function unexplained(
  before: WorkspaceModel,
  after: WorkspaceModel,
  operations: readonly Operation[],
  answers: readonly Answer[],
): string[] {
  const forward = operations.map((_, index) => index);
  const orders = operations.length === 1 ? [forward] : [forward, forward.toReversed()];
  const possible = orders.map((order) => {
    const model = before.copy();
    const expected: Answer[] = [];
    for (const index of order) {
      const operation = operations[index];
      if (operation !== undefined) expected[index] = model.perform(operation);
    }
    return JSON.stringify([expected, model.said()]);
  });
  if (possible.includes(JSON.stringify([answers, after.said()]))) return [];
  return [`the contract allows ${possible.join(' or ')}`];
}
