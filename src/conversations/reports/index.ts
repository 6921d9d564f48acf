import type { Provider } from '@nestjs/common';
import { InboxReportResolver } from './inbox-report.resolver.js';
import { ReportInbox } from './report-inbox.js';

export { type Day, daysBetween } from './days.js';
export { InboxReport } from './inbox-report.type.js';

/** What the module provides for reports. */
export const reportProviders: Provider[] = [InboxReportResolver, ReportInbox];
