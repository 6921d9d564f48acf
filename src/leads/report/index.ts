import type { Provider } from '@nestjs/common';
import { LeadAnalysis } from './lead-analysis.js';
import { ReportLeads } from './report-leads.js';
import { LeadReportResolver } from './report.resolver.js';

/** What the module provides for reports of leads. */
export const leadReportProviders: Provider[] = [LeadAnalysis, LeadReportResolver, ReportLeads];
