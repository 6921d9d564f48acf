import type { Provider } from '@nestjs/common';
import { AssignLead } from './assign-lead.js';
import { AssignmentResolver } from './assignment.resolver.js';
import { SetAssignment } from './set-assignment.js';

/** What the module provides for giving leads to members. */
export const assignmentProviders: Provider[] = [AssignLead, AssignmentResolver, SetAssignment];
