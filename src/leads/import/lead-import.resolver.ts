import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import type { PageLanguage } from '../../accounts/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { CancelImport } from './cancel-import.js';
import { importById, latestImports } from './import.row.js';
import { ImportPreview, ImportRejection, ImportResult, LeadImportType } from './lead-import.type.js';
import { PreviewImport } from './preview-import.js';
import { rejectionSentence } from './rejection-words.js';
import { RejectionsLoader } from './rejections.loader.js';
import { StartImport } from './start-import.js';

const shown = 20;
const encodingArgument = {
  type: () => String,
  nullable: true,
  description: 'How its characters are written, where that is not found out right: windows-1254, …',
};
const separatorArgument = {
  type: () => String,
  nullable: true,
  description: 'What parts the values of a line, where that is not found out right.',
};

@Resolver(() => LeadImportType)
export class LeadImportResolver {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly preview: PreviewImport,
    private readonly start: StartImport,
    private readonly cancel: CancelImport,
  ) {}

  @Query(() => LeadImportType, { nullable: true, description: 'An import by its id.' })
  @Allow(Permission.Converse)
  async leadImport(
    @CurrentMember() { workspaceId }: MemberActor,
    @Args('id', { type: () => ID, description: 'The id of the import.' }) id: string,
  ): Promise<LeadImportType | null> {
    const row = await this.workspaces.read(workspaceId, (tx) => importById(tx, id.toLowerCase()));
    return row === null ? null : LeadImportType.from(row);
  }

  @Query(() => [LeadImportType], { description: 'The last 20 imports, the newest first.' })
  @Allow(Permission.Converse)
  async leadImports(@CurrentMember() { workspaceId }: MemberActor): Promise<LeadImportType[]> {
    const rows = await this.workspaces.read(workspaceId, (tx) => latestImports(tx, shown));
    return rows.map((row) => LeadImportType.from(row));
  }

  @Query(() => ImportPreview, {
    description: 'What an uploaded file begins with, how it is read, and what its columns could become.',
  })
  @Allow(Permission.Converse)
  async previewImport(
    @CurrentMember() member: MemberActor,
    @Args('fileId', { type: () => ID, description: 'What `POST /files?for=import` answered.' }) fileId: string,
    @Args('encoding', encodingArgument) encoding: string | null | undefined,
    @Args('separator', separatorArgument) separator: string | null | undefined,
  ): Promise<ImportPreview> {
    return ImportPreview.from(
      await this.preview.run(member, fileId, { encoding: encoding ?? null, separator: separator ?? null }),
    );
  }

  @Mutation(() => LeadImportType, {
    description:
      'Reads leads out of an uploaded file, in the background: 100,000 rows at most. A row of somebody who was imported before adds to that lead. One at a time.',
  })
  @Allow(Permission.Converse)
  async importLeads(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('fileId', { type: () => ID, description: 'What `POST /files?for=import` answered.' }) fileId: string,
    @Args('mapping', {
      type: () => GraphQLJSON,
      nullable: true,
      description:
        'What each column becomes, by its name: {"E-mail": "email", "Size": "field:Size"}; see ImportColumn.target. Columns that are not named are left out. Null: what the names of the columns say.',
    })
    mapping: unknown,
    @Args('dryRun', {
      type: () => Boolean,
      nullable: true,
      defaultValue: false,
      description: 'Only tries: nothing is written, and the result says what would come of it.',
    })
    dryRun: boolean | null | undefined,
    @Args('encoding', encodingArgument) encoding: string | null | undefined,
    @Args('separator', separatorArgument) separator: string | null | undefined,
  ): Promise<LeadImportType> {
    const format = { encoding: encoding ?? null, separator: separator ?? null };
    return LeadImportType.from(
      await this.start.run(member, { fileId, mapping, dryRun: dryRun ?? false, format }, request),
    );
  }

  @Mutation(() => LeadImportType, { description: 'Ends an import where it is. What was taken stays.' })
  @Allow(Permission.Converse)
  async cancelImport(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The id of the import.' }) id: string,
  ): Promise<LeadImportType> {
    return LeadImportType.from(await this.cancel.run(member, id.toLowerCase(), request));
  }
}

@Resolver(() => ImportResult)
export class ImportResultResolver {
  constructor(private readonly rejections: RejectionsLoader) {}

  @ResolveField(() => [ImportRejection], {
    description:
      'The first 1,000 lines that became no lead; all of them are in `GET /exports/imports/:id/rejected.csv`.',
  })
  async rejected(
    @Parent() { importId, columns }: ImportResult,
    @Context() context: RequestContext,
  ): Promise<ImportRejection[]> {
    const rows = (await this.rejections.load(context, importId)) ?? [];
    const language: PageLanguage = /^\s*tr\b/i.test(context.origin.language ?? '') ? 'tr' : 'en';
    return rows.map(({ line, reason, place }) => {
      const column = place === null ? null : (columns[place] ?? null);
      const words = rejectionSentence(reason, column, language);
      return Object.assign(new ImportRejection(), { line, reason: words, code: reason, column });
    });
  }
}
