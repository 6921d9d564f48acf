import { Field, Float, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { WorkspaceType } from '../accounts/index.js';
import { Workspaces } from '../platform/database/index.js';
import { FileRoom } from '../platform/files/index.js';

@ObjectType('RoomForFiles', { description: 'How much room files take, their small pictures included, and may take.' })
export class RoomForFilesType {
  @Field(() => Float, { description: 'Bytes that are in use.' })
  usedBytes!: number;

  @Field(() => Float, { nullable: true, description: 'Bytes that may be; null where nobody has set a limit.' })
  mostBytes!: number | null;
}

@Resolver(() => WorkspaceType)
export class RoomForFilesResolver {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly room: FileRoom,
  ) {}

  @ResolveField(() => RoomForFilesType, {
    description: 'The room for files: what customers sent and members attached.',
  })
  roomForFiles(@Parent() workspace: WorkspaceType): Promise<RoomForFilesType> {
    return this.workspaces.read(workspace.id, (tx) => this.room.of(tx));
  }
}
