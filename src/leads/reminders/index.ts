import type { Provider } from '@nestjs/common';
import { ListReminders } from './list-reminders.js';
import { RemindWorker } from './remind.worker.js';
import { ReminderFieldsResolver, ReminderResolver } from './reminder.resolver.js';
import { RemindersLoader } from './reminders.loader.js';
import { SetReminder } from './set-reminder.js';

/** What the module provides for reminders of leads. */
export const reminderProviders: Provider[] = [
  ListReminders,
  RemindWorker,
  ReminderFieldsResolver,
  ReminderResolver,
  RemindersLoader,
  SetReminder,
];
