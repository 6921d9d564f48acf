import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { AdmitExport } from './admit-export.js';
import { ContactsTable } from './contacts-table.js';
import { ConversationFile } from './conversation-file.js';
import { askedFor, isAskedFor } from './send-download.js';

/** `GET /exports/contacts.csv` and `GET /exports/conversations/:id.json`; the workspace stands in `x-workspace-id` or `?workspace=`. */
@Controller('exports')
export class ConversationExportsController {
  constructor(
    private readonly admit: AdmitExport,
    private readonly contacts: ContactsTable,
    private readonly conversations: ConversationFile,
  ) {}

  @Get('contacts.csv')
  @Allow(Permission.Converse)
  async contactsFile(
    @CurrentMember() member: MemberActor,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { workspaceId } = member;
    const found = await this.contacts.find(workspaceId, {
      search: askedFor(query, 'search'),
      tag: askedFor(query, 'tag'),
      segment: askedFor(query, 'segment'),
    });
    await this.admit.give({ member, request, reply }, { action: 'contact.export' }, () => ({
      name: 'contacts.csv',
      type: 'text/csv',
      content: this.contacts.lines(workspaceId, found, isAskedFor(query, 'bom')),
    }));
  }

  @Get('conversations/:id.json')
  @Allow(Permission.Converse)
  async conversationFile(
    @CurrentMember() member: MemberActor,
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const target = await this.conversations.require(member.workspaceId, id);
    const notes = askedFor(query, 'notes') === null || isAskedFor(query, 'notes');
    await this.admit.give({ member, request, reply }, { action: 'conversation.export', target }, () => ({
      name: 'conversation.json',
      type: 'application/json',
      content: this.conversations.text(member.workspaceId, target, notes),
    }));
  }
}
