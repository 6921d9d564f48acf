import { Inject, Injectable, type Provider, type Type } from '@nestjs/common';
import { EmbeddedSignup } from '../meta/consent/embedded-signup.js';
import { FacebookLogin } from '../meta/consent/facebook-login.js';
import { InstagramLogin } from '../meta/consent/instagram-login.js';
import type { ChannelKind } from '../enums.js';
import type { ConsentFlow } from './consent-flow.js';
import { refusal } from './refusal.js';

/** Every way of consent there is, the preferred one of a kind first. */
const flows: readonly Type<ConsentFlow>[] = [InstagramLogin, FacebookLogin, EmbeddedSignup];

const flowsToken = Symbol('consent flows');

/** The ways of consent by kind of channel and by name. */
@Injectable()
export class ConsentFlows {
  constructor(@Inject(flowsToken) private readonly all: readonly ConsentFlow[]) {}

  /** The flow that connects this kind of channel; refuses a kind that is connected otherwise, or not by this server. */
  for(kind: ChannelKind): ConsentFlow {
    const flow = this.all.find((one) => one.offers(kind));
    if (flow === undefined) throw refusal('CONSENT_NOT_OFFERED', { field: 'kind' });
    return flow;
  }

  named(name: string): ConsentFlow {
    const flow = this.all.find((one) => one.name === name);
    if (flow === undefined) throw new Error(`There is no consent flow ${name}.`);
    return flow;
  }
}

export const consentFlowProviders: Provider[] = [
  ...flows,
  { provide: flowsToken, inject: [...flows], useFactory: (...all: ConsentFlow[]) => all },
  ConsentFlows,
];
