import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../../platform/graphql/index.js';
import type { DeliveryRow, EndpointRow } from './endpoint.row.js';

@ObjectType('WebhookEndpoint', {
  description:
    'A system of the business that is told what happens here. Signed as Standard Webhooks say; retried over 24 h; its secret is shown once.',
})
export class WebhookEndpointType {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  id!: string;

  @Field(() => String, { description: 'The address that is called.' })
  url!: string;

  @Field(() => [String], { description: 'What it is told of, such as `message.received`.' })
  events!: readonly string[];

  @Field(() => Boolean, { description: 'Whether it is called.' })
  enabled!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it is not called: GONE (it answered 410), FAILING (it took nothing for three days) or MEMBER (somebody switched it off). Null while it is called.',
  })
  disabledBecause!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when it has taken nothing; null where the last call arrived.',
  })
  failingSince!: Date | null;

  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  static from(row: EndpointRow): WebhookEndpointType {
    const { id, url, events, disabledBecause, failingSince, createdAt } = row;
    const enabled = disabledBecause === null;
    return Object.assign(new WebhookEndpointType(), {
      id,
      url,
      events,
      enabled,
      disabledBecause,
      failingSince,
      createdAt,
    });
  }
}

@ObjectType('WebhookDelivery', {
  description: 'One call to an endpoint, with what came of it. What was sent are ids; it is not kept.',
})
export class WebhookDeliveryType {
  @Field(() => ID, { description: 'The id of the call, the same each time that it is tried: `webhook-id`.' })
  id!: string;

  @Field(() => String, { description: 'What it tells of.' })
  event!: string;

  @Field(() => Date, { description: 'When it happened.' })
  at!: Date;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => String, {
    description: 'PENDING, DELIVERED, FAILED, or CANCELED where what it was about is gone or may not be used.',
  })
  status!: string;

  @Field(() => Int, { nullable: true, description: 'The status of the last answer; null where there was none.' })
  responseStatus!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What went wrong last: REFUSED, REDIRECTED, NOT_PUBLIC, UNREACHABLE, TIMEOUT, TOO_LARGE or DISABLED; null where nothing did.',
  })
  trouble!: string | null;

  @Field(() => Date, { nullable: true, description: 'When it is tried again; null where it is not.' })
  nextAttemptAt!: Date | null;

  static from(row: DeliveryRow): WebhookDeliveryType {
    const { id, event, at, attempts, status, responseStatus, trouble, nextAttemptAt } = row;
    return Object.assign(new WebhookDeliveryType(), {
      id,
      event,
      at,
      attempts,
      status,
      responseStatus,
      trouble,
      nextAttemptAt,
    });
  }
}

@ObjectType('WebhookDeliveryConnection', { description: 'A page of calls, the newest first.' })
export class WebhookDeliveryConnection {
  @Field(() => [WebhookDeliveryType], { description: 'The calls.' })
  nodes!: WebhookDeliveryType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}

@ObjectType('CreatedWebhookEndpoint', { description: 'An endpoint with a secret that was just made.' })
export class CreatedWebhookEndpointType {
  @Field(() => WebhookEndpointType, { description: 'The endpoint as the list shows it.' })
  endpoint!: WebhookEndpointType;

  @Field(() => String, { description: 'What calls are signed with. It is shown this once.' })
  secret!: string;
}
