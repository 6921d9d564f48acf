import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Config } from '../config/index.js';
import { describeError } from './describe-error.js';
import { TechnicalLog } from './technical-log.js';

const infoLevel = 30;
const frameworkContexts = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'GraphQLModule',
]);

interface LoggedRequest {
  readonly id: unknown;
  readonly method: string;
  readonly url: string;
}

/** Structured logs that carry ids and never content: no bodies, no headers, no query strings (they hold signatures). */
@Global()
@Module({
  providers: [TechnicalLog],
  exports: [TechnicalLog],
  imports: [
    LoggerModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        pinoHttp: {
          level: config.environment.LOG_LEVEL,
          quietReqLogger: true,
          // The serializers below are given what was logged itself: wrapped, no error would be one any more.
          wrapSerializers: false,
          hooks: {
            // What the framework says of its own start helps nobody who runs this.
            logMethod(args, method, level) {
              const [first] = args as [unknown];
              const context =
                typeof first === 'object' && first !== null ? (first as { context?: unknown }).context : undefined;
              if (level > infoLevel || typeof context !== 'string' || !frameworkContexts.has(context))
                method.apply(this, args);
            },
          },
          customLogLevel: (_request, response, error) =>
            error !== undefined || response.statusCode >= 500 ? 'error' : 'debug',
          serializers: {
            req: (request: LoggedRequest) => ({
              id: request.id,
              method: request.method,
              path: request.url.split('?', 1)[0],
            }),
            res: (response: { statusCode: number }) => ({ status: response.statusCode }),
            err: (error: unknown) => ({
              text: describeError(error),
              at:
                error instanceof Error
                  ? error.stack
                      ?.split('\n')
                      .filter((line) => line.startsWith('    at '))
                      .slice(0, 8)
                  : undefined,
            }),
          },
          ...(process.stdout.isTTY && !config.production
            ? {
                transport: {
                  target: 'pino-pretty',
                  options: { singleLine: true, ignore: 'pid,hostname,req', translateTime: 'HH:MM:ss' },
                },
              }
            : {}),
        },
      }),
    }),
  ],
})
export class LoggingModule {}
