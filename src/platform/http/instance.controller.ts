import { Controller, Get, Header } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { Public } from '../access/index.js';
import { Config } from '../config/index.js';

/** What a client may know of this deployment before anyone signs in. */
@Controller()
export class InstanceController {
  private readonly pushKey: string;

  constructor(
    private readonly config: Config,
    private readonly schemas: GraphQLSchemaHost,
  ) {
    this.pushKey = config.vapid.publicKey;
  }

  /** Whether the pretend platforms run beside the server, and how replies are made. */
  @Get('instance.json')
  @Public('the sign-in page needs it')
  instance(): { sandboxUrl: string | null; signup: string; model: boolean; pushKey: string } {
    const { sandbox, environment, openai } = this.config;
    return {
      sandboxUrl: sandbox?.url ?? null,
      signup: environment.SIGNUP,
      model: openai.apiKey !== null,
      // Browsers are given the public half, and take pushes from whoever has the other.
      pushKey: this.pushKey,
    };
  }

  /** The GraphQL schema, as text. */
  @Get('schema.graphql')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Public('the contract is public')
  schema(): string {
    return printSchema(lexicographicSortSchema(this.schemas.schema));
  }
}
