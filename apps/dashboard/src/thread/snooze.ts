export interface SnoozeChoice {
  name: 'hours' | 'tomorrow' | 'monday';
  until: Date;
}

/** Usual moments to come back to something, in the person's own time. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const hours = new Date(now.getTime() + 3 * 3_600_000);
  const morning = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const choices: SnoozeChoice[] = [
    { name: 'hours', until: hours },
    { name: 'tomorrow', until: morning(1) },
  ];
  // On a Sunday tomorrow is Monday already.
  return toMonday === 1 ? choices : [...choices, { name: 'monday', until: morning(toMonday) }];
}
