import type { ChatSettings } from '../../../libs/widget-protocol/index.js';

const longestTimer = 2 ** 31 - 1;

/** Whether anybody is there, by the hours of the business; says when that changes. */
export class HoursWatch {
  private hours: ChatSettings['hours'] = null;
  private opening: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {}

  /** Nobody is there; until when, where that is known. Null while the business is open. */
  get away(): { readonly until: Date | null } | null {
    const { hours } = this;
    if (hours === null) return null;
    const change = hours.changesAt === null ? null : new Date(hours.changesAt);
    const changed = change !== null && change.getTime() <= Date.now();
    return hours.open === changed ? { until: changed ? null : change } : null;
  }

  /** Goes by these hours from now on. */
  follow(hours: ChatSettings['hours']): void {
    clearTimeout(this.opening);
    this.hours = hours;
    const at = hours?.changesAt ?? null;
    const wait = at === null ? 0 : Date.parse(at) - Date.now();
    if (wait > 0 && wait < longestTimer) this.opening = setTimeout(this.changed, wait + 500);
  }
}
