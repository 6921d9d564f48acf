import { registerEnumType } from '@nestjs/graphql';
import { ErrorCode } from '../errors/index.js';

registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description: 'What stands in `extensions.code` of an error. Clients need a default branch.',
});
