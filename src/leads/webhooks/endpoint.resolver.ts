import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { ChangeEndpoint } from './change-endpoint.js';
import { CreateEndpoint, type OpenedEndpoint } from './create-endpoint.js';
import { DeliveriesLoader, deliveriesKey } from './deliveries.loader.js';
import {
  CreatedWebhookEndpointType,
  WebhookDeliveryConnection,
  WebhookDeliveryType,
  WebhookEndpointType,
} from './endpoint.type.js';
import { ListEndpoints } from './list-endpoints.js';
import { ReplayDelivery } from './replay-delivery.js';
import { RotateSecret } from './rotate-secret.js';
import { webhookEvents } from './webhook-events.js';

const idOf = { type: () => ID, description: 'The id of the endpoint.' };

@Resolver(() => WebhookEndpointType)
export class WebhookEndpointResolver {
  constructor(
    private readonly list: ListEndpoints,
    private readonly create: CreateEndpoint,
    private readonly change: ChangeEndpoint,
    private readonly rotate: RotateSecret,
    private readonly replay: ReplayDelivery,
    private readonly calls: DeliveriesLoader,
  ) {}

  @Query(() => [WebhookEndpointType], { description: 'The systems that are told what happens here, the oldest first.' })
  @Allow(Permission.ManageWorkspace)
  async webhookEndpoints(@CurrentMember() member: MemberActor): Promise<WebhookEndpointType[]> {
    return (await this.list.run(member)).map((row) => WebhookEndpointType.from(row));
  }

  @ResolveField(() => WebhookDeliveryConnection, {
    description: 'Its calls, the newest first, for 30 days. They go with the people whom they are about.',
  })
  async deliveries(
    @Parent() { id }: WebhookEndpointType,
    @Context() context: RequestContext,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 1 to 100.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The end of the page before.' })
    after: string | null | undefined,
  ): Promise<WebhookDeliveryConnection> {
    const page = await this.calls.load(context, deliveriesKey(id, first, after));
    if (page === null) throw new Error('The loader left a page out.');
    return { nodes: page.nodes.map((row) => WebhookDeliveryType.from(row)), pageInfo: page.pageInfo };
  }

  @Mutation(() => CreatedWebhookEndpointType, {
    description: 'Names a system that is told what happens here, 10 at most. Its secret is shown this once.',
  })
  @Allow(Permission.ManageWorkspace)
  async createWebhookEndpoint(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('url', {
      type: () => String,
      description: 'Where it is told: an https address of the public internet, or a host that the operator allows.',
    })
    url: string,
    @Args('events', { type: () => [String], description: `What it is told of: ${webhookEvents.join(', ')}.` })
    events: string[],
  ): Promise<CreatedWebhookEndpointType> {
    return created(await this.create.run(member, { url, events }, request));
  }

  @Mutation(() => CreatedWebhookEndpointType, {
    description: 'Changes the secret of an endpoint. For 24 hours its calls are signed with the former one too.',
  })
  @Allow(Permission.ManageWorkspace)
  async rotateWebhookSecret(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
  ): Promise<CreatedWebhookEndpointType> {
    return created(await this.rotate.run(member, id, request));
  }

  @Mutation(() => WebhookEndpointType, {
    description: 'Switches an endpoint off, or on again. What happens while it is off, it is not told of.',
  })
  @Allow(Permission.ManageWorkspace)
  async setWebhookEndpointEnabled(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
    @Args('enabled', { type: () => Boolean, description: 'Whether it is to be called.' }) enabled: boolean,
  ): Promise<WebhookEndpointType> {
    return WebhookEndpointType.from(await this.change.enable(member, id, enabled, request));
  }

  @Mutation(() => Boolean, { description: 'Removes an endpoint with its log. Calls that it was owed are not made.' })
  @Allow(Permission.ManageWorkspace)
  deleteWebhookEndpoint(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
  ): Promise<boolean> {
    return this.change.delete(member, id, request);
  }

  @Mutation(() => WebhookDeliveryType, { description: 'Makes a call again, under the same id.' })
  @Allow(Permission.ManageWorkspace)
  async replayWebhookDelivery(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The id of the call.' }) id: string,
  ): Promise<WebhookDeliveryType> {
    return WebhookDeliveryType.from(await this.replay.run(member, id, request));
  }
}

function created({ endpoint, secret }: OpenedEndpoint): CreatedWebhookEndpointType {
  return Object.assign(new CreatedWebhookEndpointType(), { endpoint: WebhookEndpointType.from(endpoint), secret });
}
