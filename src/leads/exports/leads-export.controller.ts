import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AdmitExport, askedFor, isAskedFor } from '../../conversations/index.js';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { badInput } from '../../platform/errors/index.js';
import type { LeadSource, LeadStatus } from '../enums.js';
import type { LeadFilter } from '../listing/lead-filter.input.js';
import { LeadsTable } from './leads-table.js';

/** `GET /exports/leads.csv`: leads as a table, by the filter of their list; the workspace stands in `x-workspace-id` or `?workspace=`. */
@Controller('exports')
export class LeadsExportController {
  constructor(
    private readonly admit: AdmitExport,
    private readonly leads: LeadsTable,
  ) {}

  @Get('leads.csv')
  @Allow(Permission.Converse)
  async download(
    @CurrentMember() member: MemberActor,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = filterIn(query);
    await this.admit.give({ member, request, reply }, { action: 'lead.export' }, () => ({
      name: 'leads.csv',
      type: 'text/csv',
      content: this.leads.lines(member.workspaceId, { filter, mark: isAskedFor(query, 'bom') }),
    }));
  }
}

/** `?status=NEW,WON&source=IMPORT&ownerId=…&unassigned=1&tag=…&search=…&createdAfter=2026-01-31`. What there is not finds nothing. */
function filterIn(query: unknown): LeadFilter {
  const since = askedFor(query, 'createdAfter');
  if (since !== null && Number.isNaN(Date.parse(since))) throw badInput('createdAfter', 'This is no time.');
  return {
    status: listIn<LeadStatus>(query, 'status'),
    source: listIn<LeadSource>(query, 'source'),
    ownerId: askedFor(query, 'ownerId'),
    unassigned: askedFor(query, 'unassigned') === null ? null : isAskedFor(query, 'unassigned'),
    tag: askedFor(query, 'tag'),
    search: askedFor(query, 'search'),
    createdAfter: since === null ? null : new Date(since),
  };
}

function listIn<Word extends string>(query: unknown, name: string): Word[] | null {
  const said = askedFor(query, name);
  return said === null ? null : (said.replaceAll('\u0000', '').toWellFormed().split(',') as Word[]);
}
