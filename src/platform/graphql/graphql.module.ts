import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Global, Module } from '@nestjs/common';
import { GraphQLModule as NestGraphQLModule } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { Authenticator, type RequestContext } from '../access/index.js';
import { Config } from '../config/index.js';
import { ErrorCode } from '../errors/index.js';
import { formatError } from './format-error.js';
import { limits } from './limits.js';
import { operationPlugin } from './operation-plugin.js';
import './error-code.enum.js';

/** GraphQL over HTTP on Fastify. The schema is made from the modules' classes; sockets have a server of their own. */
@Global()
@Module({
  imports: [
    NestGraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      inject: [Config, Authenticator],
      useFactory: (config: Config, authenticator: Authenticator): Omit<ApolloDriverConfig, 'driver'> => ({
        path: '/graphql',
        autoSchemaFile: true,
        sortSchema: true,
        buildSchemaOptions: { orphanedTypes: [ErrorCode], scalarsMap: [{ type: Object, scalar: GraphQLJSON }] },
        playground: false,
        introspection: true,
        csrfPrevention: true,
        allowBatchedHttpRequests: false,
        includeStacktraceInErrorResponses: false,
        parseOptions: { maxLexicalTokens: limits.tokens },
        // The operation plugin validates, after it has looked at the size: validation of a large document costs most.
        dangerouslyDisableValidation: true,
        context: (request: { context: RequestContext }) => request.context,
        formatError: (_formatted, error) => formatError(error, ''),
        plugins: [
          ApolloServerPluginCacheControlDisabled(),
          ApolloServerPluginUsageReportingDisabled(),
          operationPlugin({ production: config.production, authenticator }),
        ],
      }),
    }),
  ],
  // The socket server executes operations on the same schema.
  exports: [NestGraphQLModule],
})
export class GraphQLModule {}
