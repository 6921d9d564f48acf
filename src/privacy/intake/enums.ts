import { registerEnumType } from '@nestjs/graphql';

/** What somebody asks for under the law. */
export enum PrivacyRequestKind {
  ACCESS = 'ACCESS',
  RECTIFY = 'RECTIFY',
  ERASE = 'ERASE',
  RESTRICT = 'RESTRICT',
  PORT = 'PORT',
  OBJECT = 'OBJECT',
  OBJECT_AUTOMATED = 'OBJECT_AUTOMATED',
}

/** By which door a request came. */
export enum PrivacyRequestOrigin {
  DASHBOARD = 'DASHBOARD',
  PUBLIC_FORM = 'PUBLIC_FORM',
  EMAIL = 'EMAIL',
  META = 'META',
  SHOPIFY = 'SHOPIFY',
  WIDGET = 'WIDGET',
}

/** How far a request is. */
export enum PrivacyRequestStatus {
  RECEIVED = 'RECEIVED',
  VERIFYING = 'VERIFYING',
  IN_PROGRESS = 'IN_PROGRESS',
  ON_HOLD = 'ON_HOLD',
  COMPLETED = 'COMPLETED',
  REJECTED = 'REJECTED',
}

registerEnumType(PrivacyRequestKind, {
  name: 'PrivacyRequestKind',
  description: 'What somebody asks for under the law.',
});
registerEnumType(PrivacyRequestOrigin, { name: 'PrivacyRequestOrigin', description: 'By which door a request came.' });
registerEnumType(PrivacyRequestStatus, { name: 'PrivacyRequestStatus', description: 'How far a request is.' });
