import { registerEnumType } from '@nestjs/graphql';

/** What a member can be told while they are not looking. */
export enum NotificationKind {
  NEW_CONVERSATION = 'NEW_CONVERSATION',
  ASSIGNED = 'ASSIGNED',
  MENTIONED = 'MENTIONED',
  HANDED_OFF = 'HANDED_OFF',
  NEW_LEAD = 'NEW_LEAD',
  CHANNEL_TROUBLE = 'CHANNEL_TROUBLE',
  PRIVACY_DUE = 'PRIVACY_DUE',
  LIMIT_NEAR = 'LIMIT_NEAR',
  WEBHOOK_STOPPED = 'WEBHOOK_STOPPED',
  LEAD_ASSIGNED = 'LEAD_ASSIGNED',
  LEAD_REMINDER = 'LEAD_REMINDER',
}
registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description:
    'What a member can be told of. HANDED_OFF: a machine yielded a conversation, and its customer waits for a person. LEAD_ASSIGNED: somebody else, or a rule, gave them a lead. LEAD_REMINDER: the time of a reminder of theirs has come.',
});

/** How. */
export type NotificationWay = 'MAIL' | 'PUSH';

/** What is told by mail to those who chose nothing: what waits for them in person, and what stops the work of all. */
export const mailedByDefault: readonly NotificationKind[] = [
  NotificationKind.ASSIGNED,
  NotificationKind.MENTIONED,
  NotificationKind.HANDED_OFF,
  NotificationKind.CHANNEL_TROUBLE,
  NotificationKind.PRIVACY_DUE,
  NotificationKind.LIMIT_NEAR,
  NotificationKind.WEBHOOK_STOPPED,
  NotificationKind.LEAD_ASSIGNED,
  NotificationKind.LEAD_REMINDER,
];

/** What is pushed to those who chose nothing but let a browser take pushes: everything. */
export const pushedByDefault: readonly NotificationKind[] = Object.values(NotificationKind);

/** Jobs that tell one member what waits for them; the row's id is the member's. */
export const mailJob = 'mail-notifications';
export const pushJob = 'push-notifications';

/** Seconds that news is collected before it is told: several become one. */
export const mailWaitSeconds = 240;
export const pushWaitSeconds = 2;
