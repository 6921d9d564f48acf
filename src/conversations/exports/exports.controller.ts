import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { AdmitExport } from './admit-export.js';
import { ContactsTable } from './contacts-table.js';
import { ConversationFile } from './conversation-file.js';
import { askedFor, isAskedFor, sendDownload } from './send-download.js';

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
    @Req() { context }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.admit.run(member, { action: 'contact.export' }, context.origin);
    const wanted = {
      search: askedFor(query, 'search'),
      tag: askedFor(query, 'tag'),
      mark: isAskedFor(query, 'bom'),
    };
    const content = this.contacts.lines(member.workspaceId, wanted);
    await sendDownload(reply, { name: 'contacts.csv', type: 'text/csv', content });
  }

  @Get('conversations/:id.json')
  @Allow(Permission.Converse)
  async conversationFile(
    @CurrentMember() member: MemberActor,
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() { context }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const target = await this.conversations.require(member.workspaceId, id);
    await this.admit.run(member, { action: 'conversation.export', target }, context.origin);
    const notes = askedFor(query, 'notes') === null || isAskedFor(query, 'notes');
    const content = this.conversations.text(member.workspaceId, target, notes);
    await sendDownload(reply, { name: 'conversation.json', type: 'application/json', content });
  }
}
