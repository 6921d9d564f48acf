import { Module } from '@nestjs/common';
import { ChangeEndpoint } from './change-endpoint.js';
import { CreateEndpoint } from './create-endpoint.js';
import { DeliverWebhooksWorker } from './deliver-webhooks.worker.js';
import { DeliveriesLoader } from './deliveries.loader.js';
import { WebhookEndpointResolver } from './endpoint.resolver.js';
import { ListEndpoints } from './list-endpoints.js';
import { OwedCallsReader } from './owed-calls.js';
import { EraseWebhooks } from './personal-data/erase-webhooks.js';
import { ExportWebhooks } from './personal-data/export-webhooks.js';
import { QueueCalls } from './queue-calls.js';
import { RecordCalls } from './record-calls.js';
import { ReplayDelivery } from './replay-delivery.js';
import { RotateSecret } from './rotate-secret.js';

/** The systems of a business that are told what happens in its workspace. */
@Module({
  providers: [
    ChangeEndpoint,
    CreateEndpoint,
    DeliverWebhooksWorker,
    DeliveriesLoader,
    EraseWebhooks,
    ExportWebhooks,
    ListEndpoints,
    OwedCallsReader,
    QueueCalls,
    RecordCalls,
    ReplayDelivery,
    RotateSecret,
    WebhookEndpointResolver,
  ],
})
export class WebhooksModule {}
